package io.meridian.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.Main;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The `meridian` command run within the test's own process, with streams of its own.
public final class Cli {
    private final Map<String, String> environment;
    private final Console.Terminals terminals;
    private final byte[] input;

    private Cli(Map<String, String> environment, Console.Terminals terminals, byte[] input) {
        this.environment = environment;
        this.terminals = terminals;
        this.input = input;
    }

    /// What a command left behind.
    public record Result(ExitCode exitCode, String output, String errors) {
        /// Fails the test unless the command is done and had nothing to complain about.
        public Result done() {
            assertThat(exitCode).as("output <%s>, errors <%s>", output, errors).isEqualTo(ExitCode.DONE);
            return this;
        }

        /// Fails the test unless the command ended so, with one line on standard error that contains all of `parts`.
        public Result refused(ExitCode expected, String... parts) {
            assertThat(exitCode).as("output <%s>, errors <%s>", output, errors).isEqualTo(expected);
            assertThat(errors).hasLineCount(1);
            for (String part : parts) {
                assertThat(errors).contains(part);
            }
            return this;
        }

        /// Lines of standard output.
        public List<String> lines() {
            return output.lines().toList();
        }

        /// The lines of a table, cells separated by one blank.
        public List<String> table() {
            return output.lines()
                    .map(line -> line.strip().replaceAll(" +", " "))
                    .toList();
        }
    }

    /// With this environment and no terminal.
    public static Cli with(Map<String, String> environment) {
        return new Cli(environment, Console.Terminals.NONE, new byte[0]);
    }

    /// With a broker in its environment.
    public static Cli at(Broker broker) {
        return with(Map.of("MERIDIAN_BOOTSTRAP", broker.bootstrap()));
    }

    /// The same with this on standard input.
    public Cli input(byte[] bytes) {
        return new Cli(environment, terminals, bytes.clone());
    }

    /// The same with this on standard input.
    public Cli input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The same with a person at all three streams.
    public Cli atTerminal() {
        return new Cli(environment, new Console.Terminals(true, true, true), input);
    }

    /// Runs a command line, split at blanks, with further arguments as they are.
    public Result run(String line, Object... more) {
        List<String> arguments = new ArrayList<>();
        if (!line.isEmpty()) {
            arguments.addAll(List.of(line.split(" ")));
        }
        Arrays.stream(more).map(Object::toString).forEach(arguments::add);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new ByteArrayInputStream(input),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminals,
                environment);
        int number = Main.run(console, arguments.toArray(String[]::new));
        ExitCode exitCode = Arrays.stream(ExitCode.values())
                .filter(code -> code.number() == number)
                .findFirst()
                .orElseThrow(() -> new AssertionError("exit code " + number));
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
