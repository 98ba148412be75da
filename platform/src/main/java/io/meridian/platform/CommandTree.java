package io.meridian.platform;

import io.meridian.platform.cli.client.NameHint;
import io.meridian.platform.cli.group.GroupDeleteCommand;
import io.meridian.platform.cli.group.GroupDescribeCommand;
import io.meridian.platform.cli.group.GroupLagCommand;
import io.meridian.platform.cli.group.GroupListCommand;
import io.meridian.platform.cli.group.GroupResetCommand;
import io.meridian.platform.cli.node.DoctorCommand;
import io.meridian.platform.cli.node.NodeStatusCommand;
import io.meridian.platform.cli.records.ConsumeCommand;
import io.meridian.platform.cli.records.ProduceCommand;
import io.meridian.platform.cli.topic.TopicConfigCommand;
import io.meridian.platform.cli.topic.TopicCreateCommand;
import io.meridian.platform.cli.topic.TopicDeleteCommand;
import io.meridian.platform.cli.topic.TopicDescribeCommand;
import io.meridian.platform.cli.topic.TopicListCommand;
import io.meridian.platform.cli.topic.TopicOffsetsCommand;
import io.meridian.platform.cli.topic.TopicTrimCommand;
import io.meridian.platform.soak.SoakCommand;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Every command with its names, and how to build it.
///
/// Building a command loads and inspects its class, so only those on the path that the arguments name are built;
/// help, completion and the documentation build all.
final class CommandTree {
    private static final int HELP_COLUMNS = 100;

    /// One command.
    ///
    /// @param name the word for it
    /// @param aliases other words, which people know from other tools
    /// @param hidden whether help keeps silent about it
    /// @param command builds what is run
    /// @param below the commands that may follow
    private record Branch(
            String name, List<String> aliases, boolean hidden, Function<Console, Object> command, List<Branch> below) {
        boolean isCalled(String word) {
            return name.equals(word) || aliases.contains(word);
        }
    }

    private static final List<Branch> BRANCHES = List.of(
            leaf("up", _ -> new UpCommand()),
            group(
                    "topic",
                    "Topics, their settings and their offsets.",
                    leaf("list", TopicListCommand::new, "ls"),
                    leaf("create", TopicCreateCommand::new),
                    leaf("describe", TopicDescribeCommand::new, "show"),
                    leaf("config", TopicConfigCommand::new),
                    leaf("delete", TopicDeleteCommand::new, "rm"),
                    leaf("offsets", TopicOffsetsCommand::new),
                    leaf("trim", TopicTrimCommand::new)),
            group(
                    "group",
                    "Consumer groups, how far they are, and putting them elsewhere.",
                    leaf("list", GroupListCommand::new, "ls"),
                    leaf("describe", GroupDescribeCommand::new, "show"),
                    leaf("lag", GroupLagCommand::new),
                    leaf("reset", GroupResetCommand::new, "seek"),
                    leaf("delete", GroupDeleteCommand::new, "rm")),
            leaf("produce", ProduceCommand::new),
            leaf("consume", ConsumeCommand::new),
            group("node", "The nodes of a cluster.", leaf("status", NodeStatusCommand::new)),
            leaf("doctor", DoctorCommand::new),
            leaf("soak", _ -> new SoakCommand()),
            leaf("completion", CompletionCommand::new),
            leaf("version", VersionCommand::new),
            new Branch("train", List.of(), true, _ -> new TrainCommand(), List.of()));

    private CommandTree() {}

    private static Branch leaf(String name, Function<Console, Object> command, String... aliases) {
        return new Branch(name, List.of(aliases), false, command, List.of());
    }

    private static Branch group(String name, String description, Branch... below) {
        return new Branch(
                name,
                List.of(),
                false,
                _ -> CommandSpec.create().name(name).usageMessage(usage(description)),
                List.of(below));
    }

    private static CommandLine.Model.UsageMessageSpec usage(String description) {
        return new CommandLine.Model.UsageMessageSpec().description(description).synopsisSubcommandLabel("COMMAND");
    }

    /// The commands that `arguments` need.
    ///
    /// @throws Refused if they name none
    static CommandLine build(Console console, List<String> arguments) {
        CommandLine root = new CommandLine(CommandSpec.create()
                .name("meridian")
                .usageMessage(usage("A Kafka-compatible event platform: a node, and the tools for any broker of the"
                        + " protocol."))
                .versionProvider(new Version()));
        root.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Shows the version.")
                        .build());
        grow(root, BRANCHES, console, arguments, "meridian");
        finish(root);
        return root;
    }

    /// All commands.
    static CommandLine all(Console console) {
        return build(console, List.of());
    }

    private static void grow(
            CommandLine parent, List<Branch> branches, Console console, List<String> arguments, String path) {
        String word = arguments.isEmpty() ? "" : arguments.getFirst();
        List<Branch> named =
                branches.stream().filter(branch -> branch.isCalled(word)).toList();
        boolean isName = !word.isEmpty() && !word.startsWith("-") && !word.equals("help");
        if (named.isEmpty() && isName && !branches.isEmpty()) {
            throw unknown(word, branches, path);
        }
        for (Branch branch : named.isEmpty() ? branches : named) {
            CommandLine child = new CommandLine(branch.command().apply(console));
            child.getCommandSpec().usageMessage().hidden(branch.hidden());
            grow(
                    child,
                    branch.below(),
                    console,
                    named.isEmpty() ? List.of() : arguments.subList(1, arguments.size()),
                    path + " " + branch.name());
            parent.addSubcommand(branch.name(), child, branch.aliases().toArray(String[]::new));
        }
        if (named.isEmpty() && !branches.isEmpty()) {
            parent.addSubcommand(new CommandLine.HelpCommand());
        }
    }

    private static Refused unknown(String word, List<Branch> branches, String path) {
        List<String> names = branches.stream()
                .filter(branch -> !branch.hidden())
                .flatMap(branch -> Stream.concat(Stream.of(branch.name()), branch.aliases().stream()))
                .toList();
        List<String> main = branches.stream()
                .filter(branch -> !branch.hidden())
                .map(Branch::name)
                .toList();
        String place = path.equals("meridian") ? "" : " after `" + path + "`";
        return Refused.askedWrongly("found the command '" + word + "'" + place + ", expected one of "
                + String.join(", ", main) + ", help" + NameHint.of(word, names));
    }

    private static void finish(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (spec.findOption("--help") == null) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Shows this.")
                    .build());
        }
        spec.usageMessage().width(HELP_COLUMNS);
        if (line.getSubcommands().isEmpty()) {
            spec.usageMessage().exitCodeListHeading("Exit codes:%n").exitCodeList(ExitCode.table());
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getSubcommands().values().stream().distinct().forEach(CommandTree::finish);
    }
}
