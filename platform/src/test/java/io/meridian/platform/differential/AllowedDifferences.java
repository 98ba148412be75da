package io.meridian.platform.differential;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// In what our answers may differ from Apache Kafka's, each with its reason: the one list of it.
final class AllowedDifferences {
    /// @param name what the report calls it
    /// @param field found in `KIND vVERSION path`
    /// @param values found in `Kafka's value -> our value`, where a missing field reads `(none)`
    /// @param reason why it may be so
    private record Rule(String name, Pattern field, Pattern values, String reason) {}

    private static final List<Rule> RULES = List.of(
            rule("wording", "(errorMessage|error|statusMessage)$", "^(?!null ->)(?!.*-> null$)",
                    "what a message says is ours; whether there is one is compared"),
            rule("cluster", "clusterId$", ".*", "every cluster has its own id"),
            rule("port", "\\.port$", "^\\d+ -> \\d+$", "two brokers, two ports"),
            rule("producer id", "InitProducerId v\\d+ producerId$", "^\\d+ -> \\d+$", "ids are handed out in blocks"),
            rule("configs of Kafka's own",
                    "DescribeConfigs v\\d+ results.*configs(\\[[^\\]]+\\]|\\.size)",
                    "(-> \\(none\\)|^\\d+ -> \\d+)$",
                    "settings of what we do not have are not listed"));

    private final Map<String, Integer> used = new TreeMap<>();

    private static Rule rule(String name, String field, String values, String reason) {
        return new Rule(name, Pattern.compile(field), Pattern.compile(values), reason);
    }

    /// Whether a field may have these two values.
    boolean allow(String kindAndPath, String peers, String ours) {
        for (Rule rule : RULES) {
            if (rule.field().matcher(kindAndPath).find()
                    && rule.values().matcher(peers + " -> " + ours).find()) {
                used.merge(rule.name(), 1, Integer::sum);
                return true;
            }
        }
        return false;
    }

    /// Each rule, how often it was used, and why it is there.
    List<String> report() {
        return RULES.stream()
                .map(rule -> "%6d  %s: %s".formatted(used.getOrDefault(rule.name(), 0), rule.name(), rule.reason()))
                .toList();
    }
}
