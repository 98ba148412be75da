package io.meridian.platform;

import io.meridian.platform.soak.SoakCommand;
import io.meridian.platform.terminal.Refused;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The `meridian` command.
///
/// Only the command named by the first argument is built, because building a command loads its classes; help builds
/// all.
public final class Main {
    private static final List<String> COMMANDS = List.of("up", "soak", "train", "version");

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /// Runs one command on this thread and returns its exit code.
    static int run(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        if (!first.isEmpty() && !first.startsWith("-") && !first.equals("help") && !COMMANDS.contains(first)) {
            System.err.println("found the command '" + first + "', expected one of up, soak, version, help");
            return Refused.ASKED_WRONGLY;
        }
        CommandLine root = new CommandLine(new Root());
        for (String name : COMMANDS.contains(first) ? List.of(first) : COMMANDS) {
            root.addSubcommand(name, command(name));
        }
        if (!COMMANDS.contains(first)) {
            root.addSubcommand(new CommandLine.HelpCommand());
        }
        root.setParameterExceptionHandler((problem, _) -> asked(problem));
        root.setExecutionExceptionHandler((problem, line, _) -> failed(problem, line.getErr()));
        return root.execute(arguments);
    }

    private static Object command(String name) {
        return switch (name) {
            case "up" -> new UpCommand();
            case "soak" -> new SoakCommand();
            case "train" -> new TrainCommand();
            case "version" -> new VersionCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static int asked(ParameterException problem) {
        CommandLine line = problem.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        line.getErr().println(oneLine(problem) + " (`" + name + " --help` lists what there is)");
        return Refused.ASKED_WRONGLY;
    }

    private static int failed(Exception problem, PrintWriter err) {
        if (problem instanceof Refused refused) {
            err.println(refused.getMessage());
            return refused.exitCode();
        }
        err.println("unexpected: " + oneLine(problem) + "; `--verbose` shows where");
        if (Boolean.getBoolean(UpCommand.VERBOSE_PROPERTY)) {
            problem.printStackTrace(err);
        }
        return Refused.COULD_NOT;
    }

    private static String oneLine(Throwable problem) {
        @Nullable String message = problem.getMessage();
        return message == null ? problem.toString() : message.replaceAll("\\s*\\R\\s*", " ");
    }

    @Command(
            name = "meridian",
            description = "A Kafka-compatible event platform.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND")
    private static final class Root implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (spec != null) {
                spec.commandLine().usage(spec.commandLine().getErr());
            }
            return Refused.ASKED_WRONGLY;
        }
    }

    @Command(name = "version", description = "Prints the version.")
    private static final class VersionCommand implements Callable<Integer> {
        @Override
        public Integer call() {
            System.out.println(Version.line());
            return 0;
        }
    }
}
