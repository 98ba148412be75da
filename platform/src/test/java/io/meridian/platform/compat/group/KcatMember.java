package io.meridian.platform.compat.group;

import io.meridian.platform.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A member that is `kcat -G`: what it prints is told in the lines of the other programs.
///
/// It commits when it leaves, and writing and resetting take another kcat.
final class KcatMember extends Member {
    private static final Pattern REBALANCED = Pattern.compile(
            "% Group \\S+ rebalanced(?: \\(.*\\): (assigned|revoked): |: incremental (assignment|revoke)\\S* .*?\\): )(.*)");
    private static final Pattern GENERATION = Pattern.compile("JoinGroup response: GenerationId (\\d+)");
    private static final Pattern PARTITION = Pattern.compile("\\[(\\d+)]");

    private final String bootstrap;
    private final String topic;
    private final Set<Integer> owned = new TreeSet<>();
    private int generation = -1;

    KcatMember(String bootstrap, MemberArguments arguments) {
        super(
                arguments.instance(),
                List.of(
                        "kcat",
                        "-b",
                        bootstrap,
                        "-G",
                        arguments.group(),
                        "-u",
                        "-X",
                        "session.timeout.ms=6000",
                        "-X",
                        "heartbeat.interval.ms=500",
                        "-X",
                        "auto.offset.reset=earliest",
                        "-X",
                        "debug=cgrp",
                        "-X",
                        "auto.commit.interval.ms=200",
                        "-X",
                        "partition.assignment.strategy="
                                + (arguments.protocol().equals("cooperative") ? "cooperative-sticky" : "range"),
                        "-f",
                        "seen %p %o %s\\n",
                        arguments.topic()));
        this.bootstrap = bootstrap;
        this.topic = arguments.topic();
    }

    @Override
    void heard(String line, List<String> into) {
        Matcher joined = GENERATION.matcher(line);
        Matcher rebalanced = REBALANCED.matcher(line);
        if (joined.find()) {
            generation = Integer.parseInt(joined.group(1));
        } else if (rebalanced.find()) {
            Set<Integer> named = PARTITION
                    .matcher(rebalanced.group(3))
                    .results()
                    .map(found -> Integer.valueOf(found.group(1)))
                    .collect(Collectors.toCollection(TreeSet::new));
            if ("assigned".equals(rebalanced.group(1)) || "assignment".equals(rebalanced.group(2))) {
                owned.addAll(named);
                lines().add("owns " + generation + " " + list(owned));
            } else {
                owned.removeAll(named);
                lines().add("revoked " + list(named));
            }
        } else if (line.startsWith("seen ") || !line.startsWith("%7|")) {
            into.add(line);
        }
    }

    private static String list(Set<Integer> partitions) {
        return partitions.isEmpty()
                ? "-"
                : String.join(",", partitions.stream().map(String::valueOf).toList());
    }

    @Override
    void command(String command) {
        String[] words = command.split(" ", -1);
        switch (words[0]) {
            case "produce" -> produce(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "commit" -> lines().add("committed");
            default -> throw new IllegalArgumentException(command);
        }
    }

    private void produce(int from, int to) {
        for (int partition = 0; partition < GroupScenario.PARTITIONS; partition++) {
            StringBuilder input = new StringBuilder();
            for (int i = from; i < to; i++) {
                if (i % GroupScenario.PARTITIONS == partition) {
                    input.append('v').append(i).append('\n');
                }
            }
            try {
                Program.of("kcat", "-b", bootstrap, "-P", "-t", topic, "-p", partition)
                        .input(input.toString())
                        .run()
                        .succeeds();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        lines().add("produced " + (to - from));
    }

    @Override
    void leave() {
        process().destroy();
        process().onExit().join();
        lines().add("closed");
    }
}
