package io.meridian.platform;

import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.terminal.Refused;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// The `meridian` command.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /// Runs one command on this thread and returns its exit code.
    public static int run(Console console, String... arguments) {
        try {
            CommandLine root = CommandTree.build(console, List.of(arguments));
            root.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
            root.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
            root.setParameterExceptionHandler((problem, _) -> asked(problem));
            root.setExecutionExceptionHandler((problem, _, _) -> failed(problem, console));
            return root.execute(arguments);
        } catch (Refused refused) {
            return failed(refused, console);
        } finally {
            console.out().flush();
        }
    }

    private static int asked(ParameterException problem) {
        CommandLine line = problem.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        if (problem.getClass() == ParameterException.class
                && !line.getSubcommands().isEmpty()) {
            // Nothing is wrong but that the command is missing.
            line.usage(line.getErr());
        } else {
            line.getErr().println(oneLine(problem) + " (`" + name + " --help` lists what there is)");
        }
        return ExitCode.ASKED_WRONGLY.number();
    }

    private static int failed(Exception problem, Console console) {
        if (problem instanceof Refused refused) {
            console.err().println(refused.line());
            return refused.exitCode().number();
        }
        console.err().println("unexpected: " + oneLine(problem) + "; `--verbose` shows where");
        if (LoggingSetup.isVerbose()) {
            problem.printStackTrace(console.err());
        }
        return ExitCode.FAILED.number();
    }

    private static String oneLine(Throwable problem) {
        @Nullable String message = problem.getMessage();
        return message == null ? problem.toString() : message.replaceAll("\\s*\\R\\s*", " ");
    }
}
