package io.meridian.platform.compat.group;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A member of a group: a program that is running, and the lines it has printed.
class Member implements AutoCloseable {
    /// What a member said that it owns, and in which generation of the group.
    record Ownership(int generation, Set<Integer> partitions) {}

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private final String identity;

    /// @param instance the name of a static member, or `-`
    Member(String instance, List<String> command) {
        identity = instance.equals("-") ? command.hashCode() + " " + System.nanoTime() : instance;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        read(process.inputReader(StandardCharsets.UTF_8), lines);
        read(process.errorReader(StandardCharsets.UTF_8), errors);
    }

    private void read(BufferedReader from, List<String> into) {
        Thread.ofVirtual().start(() -> {
            try {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                    String text = line;
                    synchronized (lines) {
                        heard(text, into);
                    }
                }
            } catch (IOException _) {
                // The program is gone, and what it had printed is here.
            }
        });
    }

    /// Takes a line of standard output or of errors in.
    void heard(String line, List<String> into) {
        into.add(line);
    }

    /// Who it is to the group: a static member that comes back is the same.
    final String identity() {
        return identity;
    }

    final List<String> lines() {
        return lines;
    }

    /// Types a command.
    void command(String command) {
        try {
            Writer writer = process.outputWriter(StandardCharsets.UTF_8);
            writer.write(command + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(this.toString(), e);
        }
    }

    final boolean said(String line) {
        return lines.contains(line);
    }

    /// All it has said that it owned, in order.
    final List<Ownership> ownerships() {
        return lines.stream()
                .filter(line -> line.startsWith("owns "))
                .map(line -> line.split(" ", -1))
                .map(words -> new Ownership(Integer.parseInt(words[1]), partitions(words[2])))
                .toList();
    }

    static Set<Integer> partitions(String list) {
        return list.equals("-")
                ? Set.of()
                : Arrays.stream(list.split(",", -1))
                        .map(Integer::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What it owns now: the last assignment, unless all of it has been revoked since.
    final Set<Integer> owned() {
        List<Ownership> all = ownerships();
        return all.isEmpty() ? Set.of() : all.getLast().partitions();
    }

    /// The values of the records it has seen.
    final List<String> seen() {
        return lines.stream()
                .filter(line -> line.startsWith("seen "))
                .map(line -> line.split(" ", -1)[3])
                .toList();
    }

    /// What it gave up, each time that it gave something up.
    final List<Set<Integer>> revoked() {
        return lines.stream()
                .filter(line -> line.startsWith("revoked "))
                .map(line -> partitions(line.substring("revoked ".length())))
                .toList();
    }

    /// Ends it so that it cannot say goodbye.
    final void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// Asks it to leave; done when it is no longer alive.
    void leave() {
        command("close");
    }

    final boolean isAlive() {
        return process.isAlive();
    }

    final Process process() {
        return process;
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "alive " + process.isAlive() + ", said "
                + lines.stream().filter(line -> !line.startsWith("seen ")).toList() + ", seen "
                + seen().size() + ", errors " + errors.subList(Math.max(0, errors.size() - 10), errors.size());
    }
}
