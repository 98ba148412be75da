package io.meridian.platform.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One node in a process of its own.
///
/// It is *starting* until it prints a line that begins with `ready`, then *ready* until it is killed, stopped or
/// dies. If the process that owns it ends normally, the node is killed with it.
public final class NodeProcess implements AutoCloseable {
    private static final int TAIL_LINES = 20;

    private final Process process;
    private final Path errors;
    private final Thread reaper;
    private final long startedNs = System.nanoTime();
    private final CompletableFuture<Duration> ready = new CompletableFuture<>();
    private final List<String> output = new CopyOnWriteArrayList<>();

    private NodeProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.reaper = new Thread(process::destroyForcibly);
    }

    /// Starts `command`; its standard error is appended to the file `errors`.
    ///
    /// @throws UncheckedIOException if the program cannot be run at all
    public static NodeProcess start(NodeCommand command, Path errors) {
        return start(command.line(), errors);
    }

    /// The same with a program and arguments that the caller has put together.
    public static NodeProcess start(List<String> line, Path errors) {
        try {
            Process process = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            NodeProcess node = new NodeProcess(process, errors);
            Runtime.getRuntime().addShutdownHook(node.reaper);
            Thread reader = new Thread(node::readOutput, "node-output-" + process.pid());
            reader.setDaemon(true);
            reader.start();
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readOutput() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                if (line.startsWith("ready")) {
                    ready.complete(Duration.ofNanos(System.nanoTime() - startedNs));
                }
            }
        } catch (IOException e) {
            output.add("(output ended: " + e.getMessage() + ")");
        }
        ready.completeExceptionally(new IllegalStateException("the node ended before it was ready"));
    }

    /// Waits for the line that begins with `ready`.
    ///
    /// @return how long it took since the process was started
    /// @throws IllegalStateException with the last lines of both outputs, if the node ends first or `limit` passes
    public Duration awaitReady(Duration limit) throws InterruptedException {
        try {
            return ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            throw new IllegalStateException("the node did not become ready; " + lastWords(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the node was not ready after " + limit + "; " + lastWords(), e);
        }
    }

    /// Whether the node has said that it is ready and has not ended since.
    public boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally() && process.isAlive();
    }

    /// Whether the process exists.
    public boolean isAlive() {
        return process.isAlive();
    }

    /// The operating system's number of the process.
    public long pid() {
        return process.pid();
    }

    /// The lines of standard output so far.
    public List<String> output() {
        return List.copyOf(output);
    }

    /// Ends the process with SIGKILL, which it cannot notice, and waits until it is gone.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        forget();
    }

    /// Ends the process with SIGTERM.
    ///
    /// @return its exit code
    /// @throws IllegalStateException if it is still there after `limit`
    public int stop(Duration limit) throws InterruptedException {
        process.destroy();
        return awaitExit(limit);
    }

    /// Waits for the process to end by itself.
    ///
    /// @return its exit code
    /// @throws IllegalStateException if it is still there after `limit`
    public int awaitExit(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the node had not ended after " + limit + "; " + lastWords());
        }
        forget();
        return process.exitValue();
    }

    /// Kills the process if it is there.
    @Override
    public void close() {
        process.destroyForcibly();
        forget();
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException _) {
            // This process is ending, and the hook is already doing its work.
        }
    }

    private String lastWords() {
        return "exit code " + (process.isAlive() ? "none yet" : process.exitValue()) + ", output " + tail(output)
                + ", errors " + tail(errorLines());
    }

    private List<String> errorLines() {
        try {
            return Files.exists(errors) ? Files.readAllLines(errors) : List.of();
        } catch (IOException e) {
            return List.of("(unreadable: " + e.getMessage() + ")");
        }
    }

    private static String tail(List<String> lines) {
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
