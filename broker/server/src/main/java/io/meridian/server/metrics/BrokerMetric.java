package io.meridian.server.metrics;

import org.jspecify.annotations.Nullable;

/// The broker's metrics: name, meaning and label of each, in one place. What is counted appears with `_total`
/// behind its name.
public enum BrokerMetric {
    REQUEST_SECONDS(
            "meridian_network_request_seconds",
            "From the last byte of a request to its response handed to the socket, parking included.",
            "api"),
    RECEIVED_BYTES("meridian_network_received_bytes", "Bytes of request frames."),
    SENT_BYTES("meridian_network_sent_bytes", "Bytes of response frames handed to sockets."),
    CONNECTIONS("meridian_network_connections", "Client connections open now."),
    CONNECTIONS_REFUSED(
            "meridian_network_refused_connections", "Connections closed at once because a limit was reached.", "limit"),
    CONNECTIONS_DROPPED(
            "meridian_network_dropped_connections",
            "Connections closed because of what their client sent, or failed to send.",
            "reason"),
    BUDGET_USED_BYTES("meridian_network_budget_used_bytes", "Bytes of request frames in memory."),
    BUDGET_BOUND_BYTES("meridian_network_budget_bound_bytes", "Bytes of request frames that memory is reserved for."),
    BUDGET_WAITING(
            "meridian_network_budget_waiting_connections", "Connections not read because the budget is used up."),
    DISK_QUEUE("meridian_disk_queue_jobs", "Storage jobs that wait for a thread.", "lane"),
    DISK_QUEUE_BOUND(
            "meridian_disk_queue_bound_jobs", "Waiting storage jobs from which on no requests are read.", "lane"),
    DISK_JOBS("meridian_disk_finished_jobs", "Storage jobs run.", "lane"),
    DISK_BUSY_SECONDS("meridian_disk_busy_seconds", "Time that storage jobs took, all threads together.", "lane"),
    SYNC_ROUNDS("meridian_storage_sync_rounds", "Calls that made files durable."),
    SYNC_FILES("meridian_storage_synced_files", "Files made durable by those calls."),
    SYNC_SECONDS("meridian_storage_sync_seconds", "Time spent in those calls, all threads together."),
    LOG_BYTES("meridian_log_size_bytes", "Bytes of all logs."),
    SPACE_LOW(
            "meridian_storage_space_low_level",
            "Room on the volume: 0 ample, 1 low (records of clients are refused), 2 exhausted."),
    SPACE_USABLE_BYTES("meridian_storage_usable_bytes", "Bytes free on the volume when last asked."),
    SPACE_TOTAL_BYTES("meridian_storage_volume_bytes", "Size of the volume."),
    PARTITIONS_ONLINE("meridian_partition_online_count", "Partitions served."),
    PARTITIONS_OFFLINE("meridian_partition_offline_count", "Partitions out of service because of a fault."),
    PARKED_PRODUCES("meridian_replication_parked_produces", "Produce requests that wait for a sync or for replicas."),
    PARKED_FETCHES("meridian_replication_parked_fetches", "Fetch requests that wait for data."),
    FETCH_SESSIONS("meridian_replication_fetch_sessions", "Incremental fetch sessions."),
    REQUESTS_IN_WORK("meridian_node_work_requests", "Requests that wait for the nodes that own their partitions."),
    UNSYNCED_LOGS("meridian_log_unsynced_count", "Logs that wait for the next round of syncs.");

    private final String metricName;
    private final String help;
    private final @Nullable String label;

    BrokerMetric(String metricName, String help) {
        this(metricName, help, null);
    }

    BrokerMetric(String metricName, String help, @Nullable String label) {
        this.metricName = metricName;
        this.help = help;
        this.label = label;
    }

    public String metricName() {
        return metricName;
    }

    public String help() {
        return help;
    }

    /// The name of its label, null when it has none.
    public @Nullable String label() {
        return label;
    }
}
