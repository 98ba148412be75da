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
            rule(
                    "wording",
                    "(errorMessage|ErrorMessage)$",
                    "",
                    "what a message says, and whether a code alone says enough, is ours"),
            rule(
                    "positions of a refused fetch",
                    "FETCH .*(highWatermark|lastStableOffset|logStartOffset)$",
                    "^-1 -> \\d+$",
                    "a client that is out of range is told where the log begins and ends"),
            rule(
                    "unknown operations on configs",
                    "INCREMENTAL_ALTER_CONFIGS .*errorCode$",
                    "^(-1|40) -> 42$",
                    "Kafka answers with a server error to what is the client's, or looks at other changes first"),
            rule(
                    "order of checks on illegal names",
                    "INCREMENTAL_ALTER_CONFIGS .*errorCode$",
                    "^17 -> 40$",
                    "of two mistakes in one change either may be named"),
            rule(
                    "topic without a name",
                    "DESCRIBE_TOPIC_PARTITIONS v0 topics\\[\\]\\.(errorCode|topicAuthorizedOperations)$",
                    "",
                    "Kafka answers with a server error to what is the client's"),
            rule(
                    "order of producers",
                    "DESCRIBE_PRODUCERS .*activeProducers",
                    "^\\d+ -> \\d+$",
                    "Kafka lists them in no order"),
            rule(
                    "settings of a broker that nobody reads",
                    "ALTER_CONFIGS v\\d+ responses\\[1\\].errorCode$",
                    "^0 -> 40$",
                    "Kafka keeps any name for plugins; ours has none, and a mistyped name is refused"),
            rule(
                    "ids of topics that were only validated",
                    "CREATE_TOPICS v7 topics\\[[^\\]]+\\]\\.topicId$",
                    "",
                    "Kafka draws an id for a topic that it does not create; ours has none"),
            rule(
                    "time of a retried append",
                    "PRODUCE .*logAppendTimeMs$",
                    "^\\d+ -> -1$",
                    "a topic that keeps the producers' times has no time of append, also when a retry is found"),
            rule("cluster", "clusterId$", "", "every cluster has its own id"),
            rule("port", "(\\.| )port$", "^\\d+ -> \\d+$", "two brokers, two ports"),
            rule("producer id", "INIT_PRODUCER_ID v\\d+ producerId$", "^\\d+ -> \\d+$", "ids come in blocks"),
            rule(
                    "aborted transactions of a refused fetch",
                    "FETCH .*abortedTransactions(\\.size)?$",
                    "^(\\(none\\) -> null|0 -> \\(none\\)|null -> \\(none\\)|\\(none\\) -> 0)$",
                    "none and an empty list say the same, and Kafka uses both"),
            rule(
                    "settings that one side lacks",
                    "(DESCRIBE_CONFIGS|CREATE_TOPICS) .*configs(\\[[^\\]]+\\]|\\.size)",
                    "(-> \\(none\\)|^\\(none\\) ->.*|^\\d+ -> \\d+)$",
                    "Kafka has settings of what we do not have, and we have some of our own"),
            rule(
                    "settings of a broker",
                    "DESCRIBE_CONFIGS v\\d+ results\\[1\\]",
                    "",
                    "which settings, how set and of what type follows from how the node was started"));

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
