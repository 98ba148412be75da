package io.meridian.server.metrics;

import io.meridian.engine.group.GroupOffset;
import io.meridian.engine.node.NodeDetail.PartitionOffsets;
import io.meridian.server.runtime.LoopReport;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The series of single partitions and groups, no more than a bound. Which partitions are left out does not change
/// from scrape to scrape: those that were opened last.
///
/// A group's lag needs its coordinator and the partition's leader; the nodes of one process know both. The lag of an
/// offset beyond the high watermark is 0; one of a partition that is not served here is not shown.
final class DetailSeries implements MultiCollector {
    private record Place(String topic, int partition) {}

    private final int detailMax;
    private volatile MetricSnapshots latest = new MetricSnapshots();

    /// @param detailMax 0 for none
    DetailSeries(int detailMax) {
        this.detailMax = detailMax;
    }

    void update(List<LoopReport> reports) {
        Map<Place, PartitionOffsets> partitions = new LinkedHashMap<>();
        List<GroupOffset> committed = new ArrayList<>();
        long allCommitted = 0;
        for (LoopReport report : reports) {
            for (PartitionOffsets partition : report.detail().partitions()) {
                partitions.put(new Place(partition.topic(), partition.partition()), partition);
            }
            committed.addAll(report.detail().committed());
            allCommitted += report.statistics().groups().census().offsets();
        }
        List<GroupOffset> shown = committed.subList(0, Math.min(committed.size(), detailMax));
        latest = snapshots(partitions, shown, allCommitted);
    }

    private MetricSnapshots snapshots(
            Map<Place, PartitionOffsets> partitions, List<GroupOffset> committed, long allCommitted) {
        Points topics = new Points(BrokerMetric.KAFKA_TOPIC_PARTITIONS);
        Points current = new Points(BrokerMetric.KAFKA_TOPIC_CURRENT_OFFSET);
        Points oldest = new Points(BrokerMetric.KAFKA_TOPIC_OLDEST_OFFSET);
        Points groups = new Points(BrokerMetric.KAFKA_GROUP_CURRENT_OFFSET);
        Points lags = new Points(BrokerMetric.KAFKA_GROUP_LAG);
        Points omitted = new Points(BrokerMetric.DETAIL_OMITTED);
        Map<String, Integer> sizes = new TreeMap<>();
        int shown = 0;
        for (PartitionOffsets partition : partitions.values()) {
            if (shown == detailMax) {
                break;
            }
            shown++;
            sizes.put(partition.topic(), 0);
            String number = Integer.toString(partition.partition());
            current.add(partition.highWatermark(), partition.topic(), number);
            oldest.add(partition.logStartOffset(), partition.topic(), number);
        }
        partitions.keySet().forEach(place -> sizes.computeIfPresent(place.topic(), (same, size) -> size + 1));
        sizes.forEach((topic, size) -> topics.add(size, topic));
        for (GroupOffset offset : committed) {
            String number = Integer.toString(offset.partition());
            groups.add(offset.offset(), offset.groupId(), offset.topic(), number);
            PartitionOffsets end = partitions.get(new Place(offset.topic(), offset.partition()));
            if (end != null) {
                long lag = Math.max(0, end.highWatermark() - offset.offset());
                lags.add(lag, offset.groupId(), offset.topic(), number);
            }
        }
        if (detailMax > 0) {
            omitted.add(partitions.size() - shown, "partition");
            omitted.add(allCommitted - committed.size(), "offset");
        }
        return new MetricSnapshots(
                topics.snapshot(),
                current.snapshot(),
                oldest.snapshot(),
                groups.snapshot(),
                lags.snapshot(),
                omitted.snapshot());
    }

    @Override
    public MetricSnapshots collect() {
        return latest;
    }

    /// The series of one metric.
    private static final class Points {
        private final BrokerMetric metric;
        private final GaugeSnapshot.Builder series;

        Points(BrokerMetric metric) {
            this.metric = metric;
            this.series = GaugeSnapshot.builder().name(metric.metricName()).help(metric.help());
        }

        void add(long value, String... labelValues) {
            series.dataPoint(GaugeDataPointSnapshot.builder()
                    .value((double) value)
                    .labels(Labels.of(metric.labels(), List.of(labelValues)))
                    .build());
        }

        GaugeSnapshot snapshot() {
            return series.build();
        }
    }
}
