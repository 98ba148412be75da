package io.meridian.platform;

import io.meridian.platform.cli.client.ClientOptions;
import io.meridian.platform.cli.output.OutputFormat;
import io.meridian.platform.cli.position.Position;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Writes the page about the command line from the declared commands.
final class CommandPage {
    private CommandPage() {}

    /// The whole page, in Markdown, lines ended by a line feed.
    static String text(Console console) {
        StringBuilder page = new StringBuilder();
        page.append("# Command line\n\n")
                .append("Made from the declarations of the commands; a test fails when this page is stale.\n\n")
                .append(
                        "`./meridian COMMAND --help` shows the same for one command. The commands for topics, groups and")
                .append(
                        " records work on any broker of the Kafka protocol. `--bootstrap HOST:PORT[,..]` says where it is,")
                .append(" else the environment variable `")
                .append(ClientOptions.BOOTSTRAP_VARIABLE)
                .append("`, else `")
                .append(ClientOptions.BOOTSTRAP_DEFAULT)
                .append("`.\n\n");
        appendRules(page);
        page.append("\n## Commands\n\n| command | |\n|---|---|\n");
        List<CommandLine> leaves = new ArrayList<>();
        collect(CommandTree.all(console), leaves);
        leaves.forEach(leaf -> page.append("| [`")
                .append(leaf.getCommandSpec().qualifiedName())
                .append("`](#")
                .append(leaf.getCommandSpec().qualifiedName().replace(' ', '-'))
                .append(") | ")
                .append(description(leaf.getCommandSpec()).split("\n", 2)[0])
                .append(" |\n"));
        leaves.forEach(leaf -> append(page, leaf.getCommandSpec()));
        return page.toString();
    }

    private static void appendRules(StringBuilder page) {
        page.append("## Answers\n\n`-o` chooses their form: ")
                .append(Arrays.stream(OutputFormat.values())
                        .map(format -> "`" + format + "`")
                        .collect(Collectors.joining(", ")))
                .append(
                        ". Names of fields in JSON and YAML are stable; columns of tables are for people and may change.")
                .append(" JSON is one array with one element a line (`consume`: one record a line). What is refused is")
                .append(
                        " one line on standard error that names the remedy. Nothing asks a question unless a person sits")
                .append(" at a terminal; `--dry-run` shows what a change would do and changes nothing.\n\n")
                .append("## Records\n\nIn JSON and YAML a key, value or header is a string where its bytes are UTF-8,")
                .append(
                        " `{\"base64\": \"..\"}` where they are not, and null where there are none; null and empty stay apart.")
                .append(" `meridian consume a -o json --until end | meridian produce b --input json --keep-partition`")
                .append(" copies every record byte for byte, with headers, timestamp and partition.\n\n")
                .append("## Positions\n\nA place in a partition is ")
                .append(Position.FORMS)
                .append(
                        ". Times without a zone are local. `group reset` also takes current, current+N and current-N.\n\n")
                .append("## Exit codes\n\n| code | |\n|---|---|\n");
        ExitCode.table()
                .forEach((number, meaning) -> page.append("| ")
                        .append(number)
                        .append(" | ")
                        .append(meaning)
                        .append(" |\n"));
    }

    private static void collect(CommandLine line, List<CommandLine> leaves) {
        List<CommandLine> below = new LinkedHashSet<>(line.getSubcommands().values())
                .stream()
                        .filter(child -> !child.getCommandSpec().usageMessage().hidden())
                        .filter(child -> !child.getCommandName().equals("help"))
                        .toList();
        if (below.isEmpty()) {
            leaves.add(line);
        }
        below.forEach(child -> collect(child, leaves));
    }

    private static void append(StringBuilder page, CommandSpec command) {
        page.append("\n## ").append(command.qualifiedName()).append("\n\n").append(description(command));
        if (command.aliases().length > 0) {
            page.append("\n\nAlso: `")
                    .append(String.join("`, `", command.aliases()))
                    .append('`');
        }
        page.append("\n\n| | |\n|---|---|\n");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            row(page, "`" + parameter.paramLabel() + "`", parameter);
        }
        command.options().stream()
                .filter(option -> !option.hidden())
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .forEach(option -> row(page, names(option), option));
    }

    private static void row(StringBuilder page, String names, ArgSpec argument) {
        page.append("| ")
                .append(names)
                .append(argument.required() ? " (required)" : "")
                .append(" | ")
                .append(cell(description(argument)))
                .append(" |\n");
    }

    private static String names(OptionSpec option) {
        String names =
                Arrays.stream(option.names()).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return option.arity().max() == 0 ? names : names + " `" + cell(option.paramLabel()) + "`";
    }

    private static String description(CommandSpec command) {
        return String.join("\n", command.usageMessage().description());
    }

    private static String description(ArgSpec argument) {
        return String.join(" ", argument.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
