package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupClientTest {
    /// The first three as Apache Kafka 4.3.1 kept them. The hash of the last two is negative, that of the last one the
    /// smallest int.
    @ParameterizedTest
    @CsvSource({"simple-group, 30", "static-group, 44", "dynamic-group, 1", "polygenelubricants, 0"})
    void aGroupIsKeptWhereApacheKafkaKeepsIt(String groupId, int partition) {
        assertThat(GroupClient.partitionOf(groupId, 50)).isEqualTo(partition);
    }
}
