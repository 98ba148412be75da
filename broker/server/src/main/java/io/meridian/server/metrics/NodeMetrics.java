package io.meridian.server.metrics;

import io.meridian.engine.node.GroupStatistics;
import io.meridian.engine.node.NodeStatistics;
import io.meridian.engine.replication.TrafficCounters;
import io.meridian.log.state.SpaceLevel;
import io.meridian.server.runtime.LoopReport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/// What the nodes counted when they were last asked. The scrape asks them first.
public final class NodeMetrics {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final MetricRegistry registry;
    private final DetailSeries detail;
    private volatile List<LoopReport> latest = List.of();

    /// @param loops how many nodes there are
    /// @param detailMax partitions, and committed offsets, shown one by one
    public NodeMetrics(MetricRegistry registry, int loops, int detailMax) {
        this.registry = registry;
        this.detail = new DetailSeries(detailMax);
        registry.series(detail);
        for (int loop = 0; loop < loops; loop++) {
            int index = loop;
            registry.gauge(
                    BrokerMetric.LOOP_DELAY_SECONDS, () -> seconds(index, LoopReport::delayNs), Integer.toString(loop));
            registry.gauge(
                    BrokerMetric.LOOP_LONGEST_TURN_SECONDS,
                    () -> seconds(index, LoopReport::longestTurnNs),
                    Integer.toString(loop));
        }
        gauge(BrokerMetric.REQUESTS_IN_WORK, NodeStatistics::requestsInWork);
        registerLogs();
        registerSpace();
        registerGroups();
        registerMirrored();
    }

    private void registerLogs() {
        gauge(BrokerMetric.LOG_BYTES, NodeStatistics::logBytes);
        gauge(BrokerMetric.PARTITIONS_ONLINE, NodeStatistics::partitionsOnline);
        gauge(BrokerMetric.PARTITIONS_OFFLINE, NodeStatistics::partitionsOffline);
        gauge(BrokerMetric.PARTITIONS_UNDER_REPLICATED, NodeStatistics::partitionsUnderReplicated);
        gauge(BrokerMetric.UNSYNCED_LOGS, NodeStatistics::unsyncedLogs);
        gauge(BrokerMetric.PARKED_PRODUCES, NodeStatistics::parkedProduces);
        gauge(BrokerMetric.PARKED_FETCHES, NodeStatistics::parkedFetches);
        gauge(BrokerMetric.FETCH_SESSIONS, NodeStatistics::fetchSessions);
        traffic(BrokerMetric.APPENDED_RECORDS, TrafficCounters.Snapshot::appendedRecords);
        traffic(BrokerMetric.APPENDED_BYTES, TrafficCounters.Snapshot::appendedBytes);
        traffic(BrokerMetric.DUPLICATE_BATCHES, TrafficCounters.Snapshot::duplicateBatches);
        traffic(BrokerMetric.READ_BYTES, TrafficCounters.Snapshot::readBytes);
        traffic(BrokerMetric.REMOVED_SEGMENTS, TrafficCounters.Snapshot::removedSegments);
        traffic(BrokerMetric.REMOVED_BYTES, TrafficCounters.Snapshot::removedBytes);
    }

    private void registerSpace() {
        registry.gauge(BrokerMetric.SPACE_LOW, () -> max(node -> shown(node.spaceLevel())));
        registry.gauge(
                BrokerMetric.SPACE_USABLE_BYTES,
                () -> smallest(node -> node.space().usableBytes()));
        registry.gauge(
                BrokerMetric.SPACE_TOTAL_BYTES, () -> max(node -> node.space().totalBytes()));
        registry.gauge(BrokerMetric.SPACE_WATERMARK_BYTES, () -> max(NodeStatistics::lowWatermarkBytes));
    }

    private void registerGroups() {
        groups(BrokerMetric.GROUPS, groups -> groups.census().empty(), "empty");
        groups(BrokerMetric.GROUPS, groups -> groups.census().preparing(), "preparing");
        groups(BrokerMetric.GROUPS, groups -> groups.census().completing(), "completing");
        groups(BrokerMetric.GROUPS, groups -> groups.census().stable(), "stable");
        groups(BrokerMetric.GROUP_MEMBERS, groups -> groups.census().members());
        groups(BrokerMetric.GROUP_OFFSETS, groups -> groups.census().offsets());
        groups(BrokerMetric.GROUP_UNREADABLE_RECORDS, groups -> groups.census().unreadableRecords());
        groups(BrokerMetric.COORDINATORS, GroupStatistics::loadingShards, "loading");
        groups(BrokerMetric.COORDINATORS, GroupStatistics::servingShards, "serving");
        groups(BrokerMetric.COORDINATORS, GroupStatistics::unreadableShards, "unreadable");
        groups(BrokerMetric.GROUP_PARKED_ANSWERS, GroupStatistics::parkedAnswers);
        groupEvents(BrokerMetric.REBALANCES_BEGUN, groups -> groups.counters().rebalancesBegun());
        groupEvents(
                BrokerMetric.REBALANCES_COMPLETED, groups -> groups.counters().rebalancesCompleted());
        groupEvents(BrokerMetric.SESSIONS_EXPIRED, groups -> groups.counters().expiredSessions());
        groupEvents(BrokerMetric.OFFSETS_COMMITTED, groups -> groups.counters().committedOffsets());
        groupEvents(BrokerMetric.OFFSETS_EXPIRED, groups -> groups.counters().expiredOffsets());
    }

    private void registerMirrored() {
        traffic(BrokerMetric.KAFKA_MESSAGES_IN, TrafficCounters.Snapshot::appendedRecords);
        traffic(BrokerMetric.KAFKA_BYTES_IN, TrafficCounters.Snapshot::appendedBytes);
        traffic(BrokerMetric.KAFKA_BYTES_OUT, TrafficCounters.Snapshot::readBytes);
        gauge(BrokerMetric.KAFKA_PARTITION_COUNT, node -> node.partitionsOnline() + node.partitionsOffline());
        gauge(BrokerMetric.KAFKA_LEADER_COUNT, NodeStatistics::partitionsOnline);
        gauge(BrokerMetric.KAFKA_UNDER_REPLICATED, NodeStatistics::partitionsUnderReplicated);
        gauge(BrokerMetric.KAFKA_OFFLINE_PARTITIONS, NodeStatistics::partitionsOffline);
        // The broker is its own controller; once there are several, this is a question to the quorum.
        registry.gauge(BrokerMetric.KAFKA_ACTIVE_CONTROLLERS, () -> latest.isEmpty() ? 0 : 1);
    }

    public void update(List<LoopReport> reports) {
        latest = List.copyOf(reports);
        detail.update(latest);
    }

    private void gauge(BrokerMetric metric, ToLongFunction<NodeStatistics> value) {
        registry.gauge(metric, () -> sum(value));
    }

    private void traffic(BrokerMetric metric, ToLongFunction<TrafficCounters.Snapshot> count) {
        registry.counter(metric, () -> sum(node -> count.applyAsLong(node.traffic())));
    }

    private void groups(BrokerMetric metric, ToLongFunction<GroupStatistics> value, String... labelValues) {
        registry.gauge(metric, () -> sum(node -> value.applyAsLong(node.groups())), labelValues);
    }

    private void groupEvents(BrokerMetric metric, ToLongFunction<GroupStatistics> count) {
        registry.counter(metric, () -> sum(node -> count.applyAsLong(node.groups())));
    }

    private static long shown(SpaceLevel level) {
        return switch (level) {
            case AMPLE -> 0;
            case LOW -> 1;
            case EXHAUSTED -> 2;
        };
    }

    private double seconds(int loop, ToLongFunction<LoopReport> nanos) {
        List<LoopReport> reports = latest;
        return loop < reports.size() ? nanos.applyAsLong(reports.get(loop)) / NANOS_PER_SECOND : 0;
    }

    private double max(ToLongFunction<NodeStatistics> value) {
        return latest.stream()
                .mapToLong(report -> value.applyAsLong(report.statistics()))
                .max()
                .orElse(0);
    }

    private double smallest(ToLongFunction<NodeStatistics> value) {
        return latest.stream()
                .mapToLong(report -> value.applyAsLong(report.statistics()))
                .min()
                .orElse(0);
    }

    private double sum(ToLongFunction<NodeStatistics> value) {
        return latest.stream()
                .mapToLong(report -> value.applyAsLong(report.statistics()))
                .sum();
    }
}
