package io.meridian.server.metrics;

import io.meridian.engine.node.NodeStatistics;
import io.meridian.log.state.SpaceLevel;
import java.util.List;
import java.util.function.ToLongFunction;

/// What the nodes counted when they were last asked. The scrape asks them first.
public final class NodeMetrics {
    private volatile List<NodeStatistics> latest = List.of();

    public NodeMetrics(MetricRegistry registry) {
        registry.gauge(BrokerMetric.LOG_BYTES, () -> sum(NodeStatistics::logBytes));
        registry.gauge(BrokerMetric.SPACE_LOW, () -> max(node -> shown(node.spaceLevel())));
        registry.gauge(
                BrokerMetric.SPACE_USABLE_BYTES,
                () -> smallest(node -> node.space().usableBytes()));
        registry.gauge(
                BrokerMetric.SPACE_TOTAL_BYTES, () -> max(node -> node.space().totalBytes()));
        registry.gauge(BrokerMetric.PARTITIONS_ONLINE, () -> sum(NodeStatistics::partitionsOnline));
        registry.gauge(BrokerMetric.PARTITIONS_OFFLINE, () -> sum(NodeStatistics::partitionsOffline));
        registry.gauge(BrokerMetric.PARKED_PRODUCES, () -> sum(NodeStatistics::parkedProduces));
        registry.gauge(BrokerMetric.PARKED_FETCHES, () -> sum(NodeStatistics::parkedFetches));
        registry.gauge(BrokerMetric.FETCH_SESSIONS, () -> sum(NodeStatistics::fetchSessions));
        registry.gauge(BrokerMetric.REQUESTS_IN_WORK, () -> sum(NodeStatistics::requestsInWork));
        registry.gauge(BrokerMetric.UNSYNCED_LOGS, () -> sum(NodeStatistics::unsyncedLogs));
    }

    public void update(List<NodeStatistics> statistics) {
        latest = List.copyOf(statistics);
    }

    private static long shown(SpaceLevel level) {
        return switch (level) {
            case AMPLE -> 0;
            case LOW -> 1;
            case EXHAUSTED -> 2;
        };
    }

    private double max(ToLongFunction<NodeStatistics> value) {
        return latest.stream().mapToLong(value).max().orElse(0);
    }

    private double smallest(ToLongFunction<NodeStatistics> value) {
        return latest.stream().mapToLong(value).min().orElse(0);
    }

    private double sum(ToLongFunction<NodeStatistics> value) {
        return latest.stream().mapToLong(value).sum();
    }
}
