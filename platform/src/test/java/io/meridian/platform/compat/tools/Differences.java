package io.meridian.platform.compat.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The lines in which ours may differ from Apache Kafka's, each with its reason, read from `differences.txt`.
///
/// A line there reads `transcript || line expression || reason` or `transcript || part expression || reason`. A line of
/// output in which the expression is found is left out on both sides, or only the part that it finds. A rule that finds
/// nothing in what was recorded or in what ours printed is stale.
final class Differences {
    private record Rule(String transcript, boolean isPart, Pattern expression, String reason) {
        boolean finds(String line) {
            return expression.matcher(line).find();
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    Differences(List<String> lines) {
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] columns = line.split(" +\\|\\| +", -1);
            if (columns.length != 3 || columns[2].isBlank() || !columns[1].matches("(line|part) .+")) {
                throw new IllegalArgumentException("expected transcript || line|part expression || reason: " + line);
            }
            rules.add(new Rule(
                    columns[0], columns[1].startsWith("part"), Pattern.compile(columns[1].substring(5)), columns[2]));
        }
    }

    /// What of the lines of `transcript` is compared.
    List<String> compared(String transcript, List<String> lines) {
        List<String> compared = new ArrayList<>(lines);
        for (Rule rule : of(transcript)) {
            if (rule.isPart()) {
                compared.replaceAll(
                        line -> rule.expression().matcher(line).replaceAll("").strip());
            } else {
                compared.removeIf(rule::finds);
            }
        }
        return compared;
    }

    /// The rules of `transcript` that find nothing in `lines`.
    List<String> stale(String transcript, List<String> lines) {
        return of(transcript).stream()
                .filter(rule -> lines.stream().noneMatch(rule::finds))
                .map(rule -> rule.expression() + " (" + rule.reason() + ")")
                .toList();
    }

    private List<Rule> of(String transcript) {
        return rules.stream()
                .filter(rule -> rule.transcript().equals(transcript))
                .toList();
    }
}
