package io.meridian.server.metrics;

import io.meridian.server.metrics.BrokerMetric.Origin;
import io.meridian.settings.BrokerSettings;
import java.util.List;

/// Writes the page of the metrics from their declarations.
public final class MetricsPage {
    private MetricsPage() {}

    /// The whole page, in Markdown, lines ended by a line feed.
    public static String text() {
        StringBuilder page = new StringBuilder();
        page.append("# Metrics\n\n")
                .append("Made from the declarations in `io.meridian.server.metrics`; a test fails when this page is")
                .append(" stale.\n\n")
                .append("`GET /metrics` on the HTTP port, in Prometheus' text form. Each scrape asks every event loop")
                .append(" what it counts; nothing is counted twice and nothing is kept between scrapes. A counter")
                .append(" begins at 0 when the process starts. A histogram has `_bucket`, `_sum` and `_count`, and")
                .append(" beside it a gauge `_max`, the largest value of the last minutes. `grafana/node.json` beside")
                .append(" this page is a dashboard of them.\n\n")
                .append("## Of the broker\n\n");
        appendTable(page, Origin.OWN);
        page.append("\n`meridian_network_request_errors_total` looks into the responses that clients get all the")
                .append(" time: Produce, Fetch, ListOffsets, Metadata, InitProducerId, CreateTopics, DeleteTopics and")
                .append(" those of groups. A series appears with its first error. Some errors are how the protocol")
                .append(" works and no fault: `MEMBER_ID_REQUIRED`, `REBALANCE_IN_PROGRESS`,")
                .append(" `COORDINATOR_LOAD_IN_PROGRESS` after a start.\n\n")
                .append("## Of single partitions and groups\n\n")
                .append("Under the names that `kafka_exporter` uses, so that dashboards made for it work. At most `")
                .append(BrokerSettings.METRICS_DETAIL_MAX.name())
                .append("` (")
                .append(BrokerSettings.METRICS_DETAIL_MAX.defaultText())
                .append(") partitions and as many committed offsets are shown, two series each; what is left out is")
                .append(" counted in `")
                .append(BrokerMetric.DETAIL_OMITTED.exportedName())
                .append("`. Internal topics are not shown.\n\n");
        appendTable(page, Origin.KAFKA_EXPORTER);
        page.append("\nLag counts offsets, which can be more than records where control batches or cleaned records")
                .append(" lie between. It is 0 when a group is ahead of the high watermark, and not shown for a")
                .append(" partition that is out of service.\n\n")
                .append("## Under the names of Kafka's JMX exporter\n\n")
                .append("As Strimzi's rules spell them, without a `topic` label.\n\n");
        appendTable(page, Origin.STRIMZI);
        page.append("\nOthers of these names are not mirrored: what they measure is either above under a name of ours,")
                .append(" or not there.\n\n")
                .append("## Of the process\n\n")
                .append("From Micrometer: `jvm_memory_*` and `jvm_buffer_*` (heap and direct memory), `jvm_gc_*`,")
                .append(" `jvm_threads_*`, `process_cpu_usage`, `process_files_*`, `process_uptime_seconds`,")
                .append(" `process_start_time_seconds`, `system_cpus`, `system_cpu_usage`, `system_load_average`.\n");
        return page.toString();
    }

    private static void appendTable(StringBuilder page, Origin origin) {
        page.append("| name | type | unit | labels | meaning |\n|---|---|---|---|---|\n");
        for (BrokerMetric metric : BrokerMetric.values()) {
            if (metric.origin() == origin) {
                page.append("| `")
                        .append(metric.exportedName())
                        .append("` | ")
                        .append(metric.kind().exportedType())
                        .append(" | ")
                        .append(metric.unit())
                        .append(" | ")
                        .append(labels(metric.labels()))
                        .append(" | ")
                        .append(metric.help())
                        .append(" |\n");
            }
        }
    }

    private static String labels(List<String> labels) {
        return labels.isEmpty() ? "" : "`" + String.join("`, `", labels) + "`";
    }
}
