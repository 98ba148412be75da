package io.meridian.server.metrics;

import static io.meridian.server.metrics.BrokerMetric.Kind.COUNTER;
import static io.meridian.server.metrics.BrokerMetric.Kind.GAUGE;
import static io.meridian.server.metrics.BrokerMetric.Kind.HISTOGRAM;
import static io.meridian.server.metrics.BrokerMetric.Kind.INFO;

import java.util.List;

/// The broker's metrics: name, kind, meaning and labels of each, in one place. `docs/metrics.md` is made from here.
///
/// Names are given without the suffix that their kind puts behind them; [#exportedName()] has it.
public enum BrokerMetric {
    BUILD(INFO, "meridian_build", "Which build this is; always 1.", "version", "java"),

    REQUEST_SECONDS(
            HISTOGRAM,
            "meridian_network_request_seconds",
            "From the last byte of a request to its response handed to the socket, parking included.",
            "api"),
    REQUEST_ERRORS(
            COUNTER,
            "meridian_network_request_errors",
            "Errors told to clients, one for each partition, topic or member that a response refuses.",
            "api",
            "error"),
    RECEIVED_BYTES(COUNTER, "meridian_network_received_bytes", "Bytes of request frames."),
    SENT_BYTES(COUNTER, "meridian_network_sent_bytes", "Bytes of response frames handed to sockets."),
    CONNECTIONS(GAUGE, "meridian_network_connections", "Client connections open now."),
    CONNECTIONS_ACCEPTED(COUNTER, "meridian_network_accepted_connections", "Client connections let in."),
    CONNECTIONS_DELAYED(
            COUNTER,
            "meridian_network_delayed_connections",
            "Client connections let in that had to wait for their turn because their address opens many."),
    CONNECTIONS_REFUSED(
            COUNTER,
            "meridian_network_refused_connections",
            "Connections closed at once: as many in all (total) or of their address as may be, too fast an address"
                    + " (address_rate), file descriptors left for logs only (files), or as many for HTTP as may be.",
            "limit"),
    ACCEPT_FAILURES(
            COUNTER,
            "meridian_network_accept_failures",
            "Times that the system had no file descriptor for a connection; then nothing is accepted for 200 ms."),
    HTTP_CONNECTIONS(GAUGE, "meridian_http_connections", "Connections to the port of health and metrics."),
    HTTP_LATE(
            COUNTER,
            "meridian_http_late_connections",
            "Connections to the port of health and metrics closed because no whole request came in time."),
    CONNECTIONS_DROPPED(
            COUNTER,
            "meridian_network_dropped_connections",
            "Connections closed because of what their client sent, or failed to send.",
            "reason"),
    BUDGET_USED_BYTES(GAUGE, "meridian_network_budget_used_bytes", "Bytes of request frames in memory."),
    BUDGET_BOUND_BYTES(
            GAUGE, "meridian_network_budget_bound_bytes", "Bytes of request frames that memory is reserved for."),
    BUDGET_WAITING(
            GAUGE,
            "meridian_network_budget_waiting_connections",
            "Connections not read because the budget is used up."),

    REQUESTS_IN_WORK(
            GAUGE, "meridian_node_work_requests", "Requests that wait for the nodes that own their partitions."),
    LOOP_DELAY_SECONDS(
            GAUGE,
            "meridian_node_loop_delay_seconds",
            "How long the question of this scrape waited for the event loop.",
            "loop"),
    LOOP_LONGEST_TURN_SECONDS(
            GAUGE,
            "meridian_node_loop_longest_turn_seconds",
            "The longest that events handled together held the loop since the last scrape, pauses of the process included.",
            "loop"),

    DISK_QUEUE(GAUGE, "meridian_disk_queue_jobs", "Storage jobs that wait for a thread.", "lane"),
    DISK_QUEUE_BOUND(
            GAUGE,
            "meridian_disk_queue_bound_jobs",
            "Waiting storage jobs from which on no requests are read.",
            "lane"),
    DISK_JOBS(COUNTER, "meridian_disk_finished_jobs", "Storage jobs run.", "lane"),
    DISK_BUSY_SECONDS(
            COUNTER, "meridian_disk_busy_seconds", "Time that storage jobs took, all threads together.", "lane"),

    SYNC_ROUNDS(COUNTER, "meridian_storage_sync_rounds", "Calls that made files durable."),
    SYNC_FILES(COUNTER, "meridian_storage_synced_files", "Files made durable by those calls."),
    SYNC_SECONDS(COUNTER, "meridian_storage_sync_seconds", "Time spent in those calls, all threads together."),
    SPACE_LOW(
            GAUGE,
            "meridian_storage_space_low_level",
            "Room on the volume: 0 ample, 1 low (records of clients are refused), 2 exhausted."),
    SPACE_USABLE_BYTES(GAUGE, "meridian_storage_usable_bytes", "Bytes free on the volume when last asked."),
    SPACE_TOTAL_BYTES(GAUGE, "meridian_storage_volume_bytes", "Size of the volume."),
    SPACE_WATERMARK_BYTES(
            GAUGE,
            "meridian_storage_low_watermark_bytes",
            "Bytes free on the volume below which records of clients are refused."),

    FILES_LOW(
            GAUGE,
            "meridian_storage_files_low_level",
            "File descriptors: 0 ample, 1 so few left that they are kept for logs and connections are refused."),
    FILES_RESERVED(GAUGE, "meridian_storage_reserved_files", "File descriptors kept for logs."),

    LOG_BYTES(GAUGE, "meridian_log_size_bytes", "Bytes of all logs."),
    PARTITIONS_ONLINE(GAUGE, "meridian_log_online_partitions", "Partitions served."),
    PARTITIONS_OFFLINE(GAUGE, "meridian_log_offline_partitions", "Partitions out of service because of a fault."),
    PARTITIONS_UNDER_REPLICATED(
            GAUGE, "meridian_log_under_replicated_partitions", "Partitions of which a replica is not in sync."),
    UNSYNCED_LOGS(GAUGE, "meridian_log_unsynced_logs", "Logs that wait for the next round of syncs."),
    APPENDED_RECORDS(COUNTER, "meridian_log_appended_records", "Records of clients that were given an offset."),
    APPENDED_BYTES(COUNTER, "meridian_log_appended_bytes", "Bytes of their batches, compressed as they came."),
    DUPLICATE_BATCHES(
            COUNTER,
            "meridian_log_duplicate_batches",
            "Batches that a producer sent again and that were stored already."),
    READ_BYTES(COUNTER, "meridian_log_read_bytes", "Bytes of batches handed to fetches."),
    REMOVED_SEGMENTS(
            COUNTER,
            "meridian_log_removed_segments",
            "Segments removed by retention or because their records were deleted."),
    REMOVED_BYTES(COUNTER, "meridian_log_removed_bytes", "Bytes of the log files of those segments."),

    PARKED_PRODUCES(
            GAUGE, "meridian_replication_parked_produces", "Produce requests that wait for a sync or for replicas."),
    PARKED_FETCHES(GAUGE, "meridian_replication_parked_fetches", "Fetch requests that wait for data."),
    FETCH_SESSIONS(GAUGE, "meridian_replication_fetch_sessions", "Incremental fetch sessions."),

    GROUPS(
            GAUGE,
            "meridian_group_groups",
            "Groups by state: empty, preparing (members come back), completing (the leader assigns), stable.",
            "state"),
    GROUP_MEMBERS(GAUGE, "meridian_group_members", "Members of all groups."),
    GROUP_OFFSETS(GAUGE, "meridian_group_offsets", "Committed offsets that are kept."),
    COORDINATORS(
            GAUGE,
            "meridian_group_coordinators",
            "Partitions of the offsets topic by what their coordinator does: loading, serving, or unreadable.",
            "state"),
    GROUP_PARKED_ANSWERS(GAUGE, "meridian_group_parked_answers", "Answers that wait until what they say is durable."),
    GROUP_UNREADABLE_RECORDS(
            GAUGE, "meridian_group_unreadable_records", "Stored records of groups that say nothing to this release."),
    REBALANCES_BEGUN(COUNTER, "meridian_group_begun_rebalances", "Rebalances begun."),
    REBALANCES_COMPLETED(
            COUNTER, "meridian_group_completed_rebalances", "Rebalances after which all members had work."),
    SESSIONS_EXPIRED(
            COUNTER, "meridian_group_expired_sessions", "Members dropped because they were not heard of in time."),
    OFFSETS_COMMITTED(COUNTER, "meridian_group_committed_offsets", "Offsets that clients committed."),
    OFFSETS_EXPIRED(COUNTER, "meridian_group_expired_offsets", "Offsets forgotten because nobody used them for long."),

    DETAIL_OMITTED(
            GAUGE,
            "meridian_metrics_omitted_details",
            "Partitions and committed offsets beyond `metrics.detail.max`, which have no series of their own.",
            "kind"),

    KAFKA_TOPIC_PARTITIONS(GAUGE, "kafka_topic_partitions", "Partitions of the topic.", "topic"),
    KAFKA_TOPIC_CURRENT_OFFSET(
            GAUGE, "kafka_topic_partition_current_offset", "The high watermark.", "topic", "partition"),
    KAFKA_TOPIC_OLDEST_OFFSET(
            GAUGE, "kafka_topic_partition_oldest_offset", "The first offset kept.", "topic", "partition"),
    KAFKA_GROUP_CURRENT_OFFSET(
            GAUGE,
            "kafka_consumergroup_current_offset",
            "The offset that the group has committed.",
            "consumergroup",
            "topic",
            "partition"),
    KAFKA_GROUP_LAG(
            GAUGE,
            "kafka_consumergroup_lag",
            "Offsets between what the group has committed and the high watermark.",
            "consumergroup",
            "topic",
            "partition"),

    KAFKA_MESSAGES_IN(COUNTER, "kafka_server_brokertopicmetrics_messagesin", "As meridian_log_appended_records_total."),
    KAFKA_BYTES_IN(COUNTER, "kafka_server_brokertopicmetrics_bytesin", "As meridian_log_appended_bytes_total."),
    KAFKA_BYTES_OUT(COUNTER, "kafka_server_brokertopicmetrics_bytesout", "As meridian_log_read_bytes_total."),
    KAFKA_PARTITION_COUNT(
            GAUGE, "kafka_server_replicamanager_partitioncount", "Partitions of this broker, served or offline."),
    KAFKA_LEADER_COUNT(GAUGE, "kafka_server_replicamanager_leadercount", "As meridian_log_online_partitions."),
    KAFKA_UNDER_REPLICATED(
            GAUGE,
            "kafka_server_replicamanager_underreplicatedpartitions",
            "As meridian_log_under_replicated_partitions."),
    KAFKA_ACTIVE_CONTROLLERS(
            GAUGE, "kafka_controller_kafkacontroller_activecontrollercount", "1 while this broker is the controller."),
    KAFKA_OFFLINE_PARTITIONS(
            GAUGE, "kafka_controller_kafkacontroller_offlinepartitionscount", "As meridian_log_offline_partitions.");

    /// What a metric measures, and what it is exported as.
    public enum Kind {
        /// Only grows while the process lives.
        COUNTER("counter", "_total"),
        GAUGE("gauge", ""),
        /// Exported as `_bucket`, `_sum` and `_count`, and the largest value of the last minutes as a gauge `_max`.
        HISTOGRAM("histogram", ""),
        /// Its labels are what it says.
        INFO("gauge", "_info");

        private final String exportedType;
        private final String suffix;

        Kind(String exportedType, String suffix) {
            this.exportedType = exportedType;
            this.suffix = suffix;
        }

        /// As the `# TYPE` line spells it.
        public String exportedType() {
            return exportedType;
        }
    }

    /// Whose name a metric bears.
    public enum Origin {
        OWN,
        /// `kafka_exporter`, and the dashboards made for it.
        KAFKA_EXPORTER,
        /// The rules that Strimzi gives to the JMX exporter, and its dashboards.
        STRIMZI
    }

    private final Kind kind;
    private final String metricName;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // A List.of, which nobody can change.
    private final List<String> labels;

    BrokerMetric(Kind kind, String metricName, String help, String... labels) {
        this.kind = kind;
        this.metricName = metricName;
        this.help = help;
        this.labels = List.of(labels);
    }

    public Kind kind() {
        return kind;
    }

    /// Without the suffix of its kind.
    public String metricName() {
        return metricName;
    }

    /// As the `# HELP` line spells it.
    public String exportedName() {
        return metricName + kind.suffix;
    }

    public String help() {
        return help;
    }

    public List<String> labels() {
        return labels;
    }

    public Origin origin() {
        if (metricName.startsWith("meridian_")) {
            return Origin.OWN;
        }
        boolean isOfServer = metricName.startsWith("kafka_server_") || metricName.startsWith("kafka_controller_");
        return isOfServer ? Origin.STRIMZI : Origin.KAFKA_EXPORTER;
    }

    /// What one unit of its value is: `seconds`, `bytes`, or what the name counts.
    public String unit() {
        if (kind == Kind.INFO) {
            return "none";
        }
        return switch (origin()) {
            case OWN -> metricName.substring(metricName.lastIndexOf('_') + 1);
            case KAFKA_EXPORTER -> metricName.endsWith("partitions") ? "partitions" : "offsets";
            case STRIMZI -> {
                if (metricName.contains("bytes")) {
                    yield "bytes";
                }
                yield metricName.endsWith("messagesin")
                        ? "records"
                        : metricName.contains("activecontroller") ? "controllers" : "partitions";
            }
        };
    }
}
