package io.meridian.settings;

import io.meridian.base.SettingRefusal;
import io.meridian.log.state.SpaceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a broker process was told, read once at its start.
///
/// @param rack empty when not told
/// @param clusterId empty when not told
/// @param networkThreads 0 for one per core
/// @param metricsDetailMax partitions, and committed offsets, that metrics show one by one
/// @param space when the volume has too little room for clients' records
/// @param topicDefaults everything that was given, for the values that topics take from the process
public record BrokerConfig(
        int nodeId,
        String clusterId,
        String rack,
        NetworkConfig network,
        int networkThreads,
        CreationConfig creation,
        int fetchMaxBytes,
        int fetchSessionSlots,
        long producerIdExpirationMs,
        long retentionCheckIntervalMs,
        long checkpointIntervalMs,
        int metricsDetailMax,
        SpaceRule space,
        GroupConfig groups,
        SettingValues topicDefaults) {

    /// Listeners and what they let in.
    ///
    /// @param advertised where clients are told to connect; its port is 0 when the bound port is only known later
    /// @param queuedMaxRequestBytes -1 for half of the direct memory
    /// @param connectionsMaxIdleMs -1 for never
    /// @param limits at the start
    /// @param setupTimeoutMs for the first whole request of a connection
    /// @param requestTimeoutMs from the first byte of a request to its last
    /// @param responseTimeoutMs for which a client may take nothing of what waits for it
    /// @param reservedFiles -1 for a share of what the system allows
    public record NetworkConfig(
            ListenerAddress listener,
            ListenerAddress advertised,
            int httpPort,
            int socketRequestMaxBytes,
            long queuedMaxRequestBytes,
            long connectionsMaxIdleMs,
            long setupTimeoutMs,
            long requestTimeoutMs,
            long responseTimeoutMs,
            ConnectionLimits limits,
            int httpConnectionsMax,
            int reservedFiles) {}

    /// What the controller needs to create and delete topics.
    public record CreationConfig(
            int numPartitions, int defaultReplicationFactor, boolean autoCreateTopics, boolean deleteTopics) {}

    /// What came of the texts given to a process.
    public sealed interface Read {
        record Config(BrokerConfig config) implements Read {}

        /// @param refusals at least one
        record Refused(List<SettingRefusal> refusals) implements Read {}
    }

    /// The configuration that these texts make, or every reason against it.
    public static Read read(Map<String, String> given) {
        return switch (BrokerSettings.CATALOGUE.read(given)) {
            case SettingCatalogue.Read.Refused(List<SettingRefusal> refusals) -> new Read.Refused(refusals);
            case SettingCatalogue.Read.Values(SettingValues values) -> {
                List<SettingRefusal> refusals = conflicts(values);
                yield refusals.isEmpty() ? new Read.Config(of(values)) : new Read.Refused(refusals);
            }
        };
    }

    /// Rules between settings.
    private static List<SettingRefusal> conflicts(SettingValues values) {
        List<SettingRefusal> refusals = new ArrayList<>();
        ListenerAddress listeners = values.value(BrokerSettings.LISTENERS);
        if (listeners.isGiven() && (values.isGiven(BrokerSettings.HOST) || values.isGiven(BrokerSettings.PORT))) {
            refusals.add(new SettingRefusal(
                    BrokerSettings.LISTENERS.name(), listeners.text(), "either listeners or host and port, not both"));
        }
        ListenerAddress advertised = values.value(BrokerSettings.ADVERTISED_LISTENERS);
        if (advertised.isGiven()
                && (advertised.host().isEmpty() || advertised.host().equals("0.0.0.0"))) {
            refusals.add(new SettingRefusal(
                    BrokerSettings.ADVERTISED_LISTENERS.name(),
                    advertised.text(),
                    "an address that clients can connect to"));
        }
        long budget = values.value(BrokerSettings.QUEUED_MAX_REQUEST_BYTES);
        int largest = values.value(BrokerSettings.SOCKET_REQUEST_MAX_BYTES);
        if (budget >= 0 && budget < largest) {
            refusals.add(new SettingRefusal(
                    BrokerSettings.QUEUED_MAX_REQUEST_BYTES.name(),
                    Long.toString(budget),
                    "-1 or at least socket.request.max.bytes, which is " + largest));
        }
        int shortest = values.value(GroupSettings.MIN_SESSION_TIMEOUT_MS);
        int longest = values.value(GroupSettings.MAX_SESSION_TIMEOUT_MS);
        if (longest < shortest) {
            refusals.add(new SettingRefusal(
                    GroupSettings.MAX_SESSION_TIMEOUT_MS.name(),
                    Integer.toString(longest),
                    "at least group.min.session.timeout.ms, which is " + shortest));
        }
        return refusals;
    }

    private static BrokerConfig of(SettingValues values) {
        return new BrokerConfig(
                values.value(BrokerSettings.NODE_ID),
                values.value(BrokerSettings.CLUSTER_ID),
                values.value(BrokerSettings.RACK),
                network(values),
                values.value(BrokerSettings.NETWORK_THREADS),
                new CreationConfig(
                        values.value(BrokerSettings.NUM_PARTITIONS),
                        values.value(BrokerSettings.DEFAULT_REPLICATION_FACTOR),
                        values.value(BrokerSettings.AUTO_CREATE_TOPICS_ENABLE),
                        values.value(BrokerSettings.DELETE_TOPIC_ENABLE)),
                values.value(BrokerSettings.FETCH_MAX_BYTES),
                values.value(BrokerSettings.FETCH_SESSION_SLOTS),
                values.value(BrokerSettings.PRODUCER_ID_EXPIRATION_MS),
                values.value(LogSettings.RETENTION_CHECK_INTERVAL_MS),
                values.value(LogSettings.FLUSH_OFFSET_CHECKPOINT_INTERVAL_MS),
                values.value(BrokerSettings.METRICS_DETAIL_MAX),
                new SpaceRule(
                        values.value(LogSettings.LOW_WATERMARK_BYTES), values.value(LogSettings.LOW_WATERMARK_PERCENT)),
                GroupConfig.of(values),
                values);
    }

    private static NetworkConfig network(SettingValues values) {
        ListenerAddress listeners = values.value(BrokerSettings.LISTENERS);
        ListenerAddress listener = listeners.isGiven()
                ? listeners
                : new ListenerAddress(values.value(BrokerSettings.HOST), values.value(BrokerSettings.PORT));
        ListenerAddress advertised = values.value(BrokerSettings.ADVERTISED_LISTENERS);
        boolean anywhere = listener.host().isEmpty()
                || listener.host().equals("0.0.0.0")
                || listener.host().equals("::");
        return new NetworkConfig(
                listener,
                advertised.isGiven()
                        ? advertised
                        : new ListenerAddress(anywhere ? "localhost" : listener.host(), listener.port()),
                values.value(BrokerSettings.HTTP_PORT),
                values.value(BrokerSettings.SOCKET_REQUEST_MAX_BYTES),
                values.value(BrokerSettings.QUEUED_MAX_REQUEST_BYTES),
                values.value(ConnectionSettings.CONNECTIONS_MAX_IDLE_MS),
                values.value(ConnectionSettings.SETUP_TIMEOUT_MS),
                values.value(ConnectionSettings.REQUEST_TIMEOUT_MS),
                values.value(ConnectionSettings.RESPONSE_TIMEOUT_MS),
                ConnectionLimits.of(EffectiveBrokerConfig.atStart(values)),
                values.value(ConnectionSettings.HTTP_MAX_CONNECTIONS),
                values.value(ConnectionSettings.RESERVED_FILES));
    }
}
