package io.meridian.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Writes the completion script of fish from the declared commands.
final class FishCompletion {
    private FishCompletion() {}

    /// The script: a condition per command, and a line per word that may follow it.
    static String script(String program, CommandLine root) {
        List<String> lines = new ArrayList<>();
        lines.add("complete -c " + program + " -f");
        append(lines, program, root, List.of());
        return String.join("\n", lines) + "\n";
    }

    private static void append(List<String> lines, String program, CommandLine line, List<String> path) {
        Map<String, CommandLine> below = new LinkedHashMap<>();
        line.getSubcommands().forEach((name, child) -> {
            if (!child.getCommandSpec().usageMessage().hidden()) {
                below.put(name, child);
            }
        });
        String seen = path.stream()
                .map(word -> "__fish_seen_subcommand_from " + word)
                .reduce((one, other) -> one + "; and " + other)
                .orElse("");
        String open = below.isEmpty()
                ? seen
                : (seen.isEmpty() ? "" : seen + "; and ") + "not __fish_seen_subcommand_from "
                        + String.join(" ", below.keySet());
        below.forEach((name, child) -> lines.add("complete -c " + program + condition(open) + " -a " + name + " -d "
                + quoted(first(child.getCommandSpec().usageMessage().description()))));
        for (OptionSpec option : line.getCommandSpec().options()) {
            if (!option.hidden()) {
                lines.add("complete -c " + program + condition(open) + names(option) + (takesValue(option) ? " -r" : "")
                        + " -d " + quoted(first(option.description())));
            }
        }
        below.forEach((name, child) -> {
            if (name.equals(child.getCommandName())) {
                List<String> longer = new ArrayList<>(path);
                longer.add(name);
                append(lines, program, child, longer);
            }
        });
    }

    private static String condition(String condition) {
        return condition.isEmpty() ? "" : " -n " + quoted(condition);
    }

    private static String names(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return names.toString();
    }

    private static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    private static String first(String... lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
