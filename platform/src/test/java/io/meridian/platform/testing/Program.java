package io.meridian.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.node.NodeCommand;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A foreign program with its arguments, run to its end under a deadline.
public final class Program {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /// What a program left behind.
    public record Result(int exitCode, String output, String errors) {
        /// Fails the test unless the program said that it succeeded.
        public Result succeeds() {
            assertThat(exitCode)
                    .as("exit code; output <%s>, errors <%s>", output, errors)
                    .isZero();
            return this;
        }

        /// Lines of standard output without empty ones.
        public List<String> lines() {
            return output.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private byte[] input = {};
    private Path directory = Path.of("").toAbsolutePath();

    private Program(List<String> command) {
        this.command = command;
    }

    /// `program` with `arguments`.
    public static Program of(Object program, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return new Program(command);
    }

    /// A Java program on this JVM with every jar of `libraries` and further class path entries.
    public static Program java(Path libraries, List<Path> more, String mainClass, Object... arguments) {
        List<String> path = new ArrayList<>();
        more.forEach(entry -> path.add(entry.toString()));
        path.add(libraries + File.separator + "*");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, path),
                mainClass));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return new Program(command);
    }

    /// The `meridian` command of this build.
    public static Program meridian(Object... arguments) {
        List<String> command = NodeCommand.thisJvm();
        command.add("io.meridian.platform.Main");
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return new Program(command);
    }

    /// Feeds standard input.
    public Program input(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /// Runs it there instead of in the module's directory.
    public Program in(Path where) {
        directory = where;
        return this;
    }

    /// Sets a variable of its environment.
    public Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Runs it and returns what came out. Fails when it has not ended after two minutes.
    public Result run() throws IOException, InterruptedException {
        Path in = Files.createTempFile("program", ".in");
        Path out = Files.createTempFile("program", ".out");
        Path err = Files.createTempFile("program", ".err");
        try {
            Files.write(in, input);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " had not ended after " + LIMIT + "; output <"
                        + Files.readString(out) + ">, errors <" + Files.readString(err) + ">");
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(in);
            Files.delete(out);
            Files.delete(err);
        }
    }
}
