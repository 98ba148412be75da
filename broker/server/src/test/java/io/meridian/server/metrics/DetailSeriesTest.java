package io.meridian.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.group.GroupCensus;
import io.meridian.engine.group.GroupOffset;
import io.meridian.engine.node.NodeDetail;
import io.meridian.engine.node.NodeDetail.PartitionOffsets;
import io.meridian.log.state.SpaceLevel;
import io.meridian.server.runtime.LoopReport;
import io.meridian.server.testing.Scrape;
import io.meridian.server.testing.ScriptedNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DetailSeriesTest {
    private static Scrape scrape(int detailMax, NodeDetail... nodes) {
        try (MetricRegistry registry = new MetricRegistry("1")) {
            NodeMetrics metrics = new NodeMetrics(registry, nodes.length, detailMax);
            metrics.update(List.of(nodes).stream().map(DetailSeriesTest::report).toList());
            return Scrape.of(registry.scrape());
        }
    }

    private static LoopReport report(NodeDetail detail) {
        GroupCensus census = new GroupCensus(0, 0, 0, 0, 0, detail.committed().size(), 0);
        return new LoopReport(ScriptedNode.statistics(SpaceLevel.AMPLE, census), detail, 0, 0);
    }

    private static NodeDetail node(List<PartitionOffsets> partitions, GroupOffset... committed) {
        return new NodeDetail(partitions, List.of(committed));
    }

    @Test
    void lagJoinsTheCoordinatorOfOneLoopWithThePartitionOfAnother() {
        Scrape scrape = scrape(
                10,
                node(List.of(new PartitionOffsets("orders", 0, 5, 100))),
                node(List.of(), new GroupOffset("billing", "orders", 0, 60)));

        assertThat(scrape.value("kafka_consumergroup_lag", "consumergroup", "billing", "partition", "0"))
                .isEqualTo(40);
        assertThat(scrape.value("kafka_topic_partition_oldest_offset", "topic", "orders"))
                .isEqualTo(5);
    }

    @Test
    void lagIsNeverNegativeAndUnknownWithoutThePartition() {
        Scrape scrape = scrape(
                10,
                node(
                        List.of(new PartitionOffsets("orders", 0, 0, 100)),
                        new GroupOffset("billing", "orders", 0, 120),
                        new GroupOffset("billing", "gone", 0, 1)));

        assertThat(scrape.value("kafka_consumergroup_lag", "topic", "orders")).isZero();
        assertThat(scrape.count("kafka_consumergroup_lag")).isEqualTo(1);
        assertThat(scrape.value("kafka_consumergroup_current_offset", "topic", "gone"))
                .isEqualTo(1);
    }

    @Test
    void lagIsKnownOfPartitionsThatAreNotShown() {
        Scrape scrape = scrape(
                1,
                node(
                        List.of(new PartitionOffsets("a", 0, 0, 1), new PartitionOffsets("b", 0, 0, 10)),
                        new GroupOffset("billing", "b", 0, 4)));

        assertThat(scrape.value("kafka_consumergroup_lag", "topic", "b")).isEqualTo(6);
        assertThat(scrape.value("meridian_metrics_omitted_details", "kind", "partition"))
                .isEqualTo(1);
    }

    @Test
    void thereAreNoMoreSeriesThanTheBoundAllows() {
        List<PartitionOffsets> partitions = IntStream.range(0, 50)
                .mapToObj(partition -> new PartitionOffsets("orders", partition, 0, 1))
                .toList();
        GroupOffset[] committed = IntStream.range(0, 50)
                .mapToObj(partition -> new GroupOffset("billing", "orders", partition, 1))
                .toArray(GroupOffset[]::new);

        Scrape scrape = scrape(7, node(partitions, committed), node(List.of(), committed));

        for (String name : List.of("kafka_topic_partition_current_offset", "kafka_consumergroup_current_offset")) {
            assertThat(scrape.count(name)).isEqualTo(7);
        }
        assertThat(scrape.value("meridian_metrics_omitted_details", "kind", "offset"))
                .isEqualTo(93);
        assertThat(scrape.value("kafka_topic_partitions", "topic", "orders")).isEqualTo(50);
    }

    @Test
    void namesThatClientsChoseAreEscaped() {
        Scrape scrape = scrape(10, node(List.of(), new GroupOffset("a\"b\\c\nd{e=\"f\"}", "orders", 0, 60)));

        assertThat(scrape.value("kafka_consumergroup_current_offset")).isEqualTo(60);
    }
}
