package io.meridian.pages;

import io.meridian.engine.metadata.FeatureLevels;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.api.VersionRange;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.utils.internals.AppInfoParser;
import org.jspecify.annotations.Nullable;

/// Writes the page of the APIs: ours from the table that ApiVersions answers from, Kafka's from its own library.
final class ProtocolPage {
    /// Why APIs of Kafka's brokers are not offered.
    private enum Absence {
        TRANSACTIONS(
                "Transactions are not there yet; InitProducerId refuses a transactional id.",
                Set.of(
                        ApiKey.ADD_PARTITIONS_TO_TXN,
                        ApiKey.ADD_OFFSETS_TO_TXN,
                        ApiKey.END_TXN,
                        ApiKey.WRITE_TXN_MARKERS,
                        ApiKey.TXN_OFFSET_COMMIT,
                        ApiKey.DESCRIBE_TRANSACTIONS,
                        ApiKey.LIST_TRANSACTIONS)),
        SECURITY(
                "Security is not there yet: connections are plaintext and anonymous.",
                Set.of(
                        ApiKey.SASL_HANDSHAKE,
                        ApiKey.SASL_AUTHENTICATE,
                        ApiKey.CREATE_DELEGATION_TOKEN,
                        ApiKey.RENEW_DELEGATION_TOKEN,
                        ApiKey.EXPIRE_DELEGATION_TOKEN,
                        ApiKey.DESCRIBE_DELEGATION_TOKEN,
                        ApiKey.ALTER_USER_SCRAM_CREDENTIALS)),
        QUOTAS(
                "Quotas are not there yet; DescribeClientQuotas says that there are none.",
                Set.of(ApiKey.ALTER_CLIENT_QUOTAS)),
        NEW_GROUPS(
                "The protocol of KIP-848 is not there yet; clients use the classic one.",
                Set.of(ApiKey.CONSUMER_GROUP_HEARTBEAT)),
        SHARE_GROUPS(
                "Share groups are not there yet.",
                Set.of(
                        ApiKey.SHARE_GROUP_HEARTBEAT,
                        ApiKey.SHARE_GROUP_DESCRIBE,
                        ApiKey.SHARE_FETCH,
                        ApiKey.SHARE_ACKNOWLEDGE,
                        ApiKey.INITIALIZE_SHARE_GROUP_STATE,
                        ApiKey.READ_SHARE_GROUP_STATE,
                        ApiKey.WRITE_SHARE_GROUP_STATE,
                        ApiKey.DELETE_SHARE_GROUP_STATE,
                        ApiKey.READ_SHARE_GROUP_STATE_SUMMARY,
                        ApiKey.DESCRIBE_SHARE_GROUP_OFFSETS,
                        ApiKey.ALTER_SHARE_GROUP_OFFSETS,
                        ApiKey.DELETE_SHARE_GROUP_OFFSETS)),
        STREAMS_GROUPS(
                "Streams groups are not there yet; Kafka Streams runs on the classic protocol.",
                Set.of(
                        ApiKey.STREAMS_GROUP_HEARTBEAT,
                        ApiKey.STREAMS_GROUP_DESCRIBE,
                        ApiKey.STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE)),
        ONE_NODE(
                "A node is a cluster of its own: there are no replicas to move and no voters.",
                Set.of(
                        ApiKey.ALTER_PARTITION_REASSIGNMENTS,
                        ApiKey.DESCRIBE_QUORUM,
                        ApiKey.UNREGISTER_BROKER,
                        ApiKey.ADD_RAFT_VOTER,
                        ApiKey.REMOVE_RAFT_VOTER,
                        ApiKey.UNREGISTER_CONTROLLER)),
        ONE_DIRECTORY("A broker has one log directory.", Set.of(ApiKey.ALTER_REPLICA_LOG_DIRS)),
        FEATURES("There is no feature to change yet.", Set.of(ApiKey.UPDATE_FEATURES)),
        TELEMETRY(
                "Metrics of clients are not collected; clients that find no subscription send none.",
                Set.of(ApiKey.GET_TELEMETRY_SUBSCRIPTIONS, ApiKey.PUSH_TELEMETRY));

        private final String reason;

        @SuppressWarnings("ImmutableEnumChecker") // A Set.of, which nobody can change.
        private final Set<ApiKey> apis;

        Absence(String reason, Set<ApiKey> apis) {
            this.reason = reason;
            this.apis = apis;
        }

        static String reasonFor(ApiKey api) {
            for (Absence absence : values()) {
                if (absence.apis.contains(api)) {
                    return absence.reason;
                }
            }
            throw new IllegalStateException(api + " is not offered, and the page does not say why");
        }
    }

    /// What is worth a word about an API that is offered.
    private static final Map<ApiKey, String> NOTES = Map.ofEntries(
            Map.entry(
                    ApiKey.PRODUCE,
                    "Versions below 3 are named for old libraries that look for them; they are not read."),
            Map.entry(ApiKey.DELETE_RECORDS, "The new start is durable before it is acknowledged."),
            Map.entry(ApiKey.INIT_PRODUCER_ID, "For idempotent producers."),
            Map.entry(ApiKey.DESCRIBE_ACLS, "Answered with SECURITY_DISABLED."),
            Map.entry(ApiKey.CREATE_ACLS, "Answered with SECURITY_DISABLED."),
            Map.entry(ApiKey.DELETE_ACLS, "Answered with SECURITY_DISABLED."),
            Map.entry(ApiKey.DESCRIBE_CLIENT_QUOTAS, "There are none."),
            Map.entry(ApiKey.DESCRIBE_USER_SCRAM_CREDENTIALS, "There are none."),
            Map.entry(ApiKey.LIST_PARTITION_REASSIGNMENTS, "There are none."),
            Map.entry(ApiKey.ELECT_LEADERS, "Nothing is to be elected while a partition has one replica."),
            Map.entry(ApiKey.CONSUMER_GROUP_DESCRIBE, "Says that a group is of the classic protocol."));

    private ProtocolPage() {}

    /// The whole page, in Markdown, lines ended by a line feed.
    static String text() {
        StringBuilder page = new StringBuilder();
        page.append("# Protocol support\n\n")
                .append("Made from the table that ApiVersions answers from and from the library of Apache Kafka ")
                .append(AppInfoParser.getVersion())
                .append("; a test fails when this page is stale.\n\n")
                .append("Every API that a broker of that release offers to clients, with the versions that each side")
                .append(" takes. Clients agree on the highest version that both know.\n\n")
                .append("| key | API | here | Kafka | |\n|---:|---|---|---|---|\n");
        for (ApiKeys kafka : ApiKeys.apisForListener(ApiMessageType.ListenerType.BROKER)) {
            ApiKey api = ApiKey.of(kafka.id);
            if (api == null) {
                throw new IllegalStateException("Kafka has an API that we do not know: " + kafka);
            }
            appendApi(page, api, kafka);
        }
        appendFeatures(page);
        return page.toString();
    }

    private static void appendApi(StringBuilder page, ApiKey api, ApiKeys kafka) {
        VersionRange ours = ApiSupport.of(api).advertised();
        VersionRange theirs =
                new VersionRange(api == ApiKey.PRODUCE ? 0 : kafka.oldestVersion(), kafka.latestVersion(false));
        page.append("| ")
                .append(api.number())
                .append(" | ")
                .append(api.apiName())
                .append(" | ")
                .append(shown(ours))
                .append(" | ")
                .append(shown(theirs))
                .append(" | ")
                .append(note(api, ours, theirs))
                .append(" |\n");
    }

    private static String note(ApiKey api, @Nullable VersionRange ours, VersionRange theirs) {
        if (ours == null) {
            return Absence.reasonFor(api);
        }
        String note = NOTES.getOrDefault(api, "");
        if (ours.equals(theirs)) {
            return note;
        }
        return (note + " Not yet " + missing(ours, theirs) + ".").trim();
    }

    private static String missing(VersionRange ours, VersionRange theirs) {
        return ours.highest() + 1 == theirs.highest()
                ? "version " + theirs.highest()
                : "versions " + (ours.highest() + 1) + " to " + theirs.highest();
    }

    private static String shown(@Nullable VersionRange versions) {
        if (versions == null) {
            return "not offered";
        }
        return versions.lowest() == versions.highest()
                ? String.valueOf(versions.lowest())
                : versions.lowest() + " to " + versions.highest();
    }

    private static void appendFeatures(StringBuilder page) {
        page.append("\n## Features\n\n")
                .append("What DescribeFeatures shows: levels that the whole cluster has agreed on.\n\n")
                .append("| feature | levels here | meaning |\n|---|---|---|\n");
        FeatureLevels.HIGHEST.forEach((feature, highest) -> page.append("| `")
                .append(feature)
                .append("` | ")
                .append(highest == 0 ? "0" : "0 to " + highest)
                .append(" | ")
                .append(meaning(feature))
                .append(" |\n"));
        page.append("\nKafka's `metadata.version`, `kraft.version`, `group.version` and the others are not shown: they")
                .append(" gate records and protocols that are not there.\n");
    }

    private static String meaning(String feature) {
        return switch (feature) {
            case FeatureLevels.METADATA -> "The formats in the metadata log. Finalized at the first start.";
            case FeatureLevels.TRANSACTION ->
                "Which transaction protocol clients choose; level 0 until there are transactions.";
            default -> throw new IllegalStateException("the page does not say what " + feature + " is");
        };
    }
}
