package io.meridian.engine.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.engine.coordinator.CoordinatorRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Our records against those that Apache Kafka wrote.
final class GroupRecordsTest {
    private static final String GOLDEN = "offsets-topic-records.txt";

    private static List<CoordinatorRecord> golden() {
        try (InputStream file = GroupRecordsTest.class.getResourceAsStream(GOLDEN)) {
            assertThat(file).as(GOLDEN).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .map(parts ->
                            new CoordinatorRecord(bytes(parts[0]), parts[1].equals("null") ? null : bytes(parts[1])))
                    .toList();
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    @TestFactory
    List<DynamicTest> recordsOfApacheKafkaAreReadAndWrittenByteForByte() {
        List<CoordinatorRecord> golden = golden();
        assertThat(golden).hasSizeGreaterThan(10);
        return golden.stream()
                .map(record -> DynamicTest.dynamicTest(
                        String.valueOf(GroupRecords.decode(record)),
                        () -> assertThat(encoded(GroupRecords.decode(record))).isEqualTo(record)))
                .toList();
    }

    private static CoordinatorRecord encoded(GroupRecords.Stored stored) {
        return switch (stored) {
            case GroupRecords.Stored.Offset(String group, String topic, int partition, var offset) ->
                offset == null
                        ? GroupRecords.offsetTombstone(group, topic, partition)
                        : GroupRecords.offset(group, topic, partition, offset);
            case GroupRecords.Stored.Group(String group, var value) ->
                value == null ? GroupRecords.groupTombstone(group) : GroupRecords.group(group, value);
            default -> throw new AssertionError("not understood: " + stored);
        };
    }

    @Test
    void aTimeOfExpiryIsKept() {
        CommittedOffset offset = new CommittedOffset(5L, -1, "m", 1_000L, 9_000L, Uuid.ZERO);

        assertThat(GroupRecords.decode(GroupRecords.offset("g", "t", 3, offset)))
                .isEqualTo(new GroupRecords.Stored.Offset("g", "t", 3, offset));
    }

    @Test
    void recordsOfOtherKindsAreToldApartFromDamagedOnes() {
        CoordinatorRecord consumerGroup = new CoordinatorRecord(bytes("000300016700"), null);
        CoordinatorRecord cutOff = new CoordinatorRecord(bytes("0002000d64"), null);
        CoordinatorRecord negative = new CoordinatorRecord(bytes("0001000167000174" + "00000001"), bytes("ffff"));

        assertThat(GroupRecords.decode(consumerGroup)).isEqualTo(new GroupRecords.Stored.Other(3));
        assertThat(GroupRecords.decode(cutOff)).isInstanceOf(GroupRecords.Stored.Damaged.class);
        assertThat(GroupRecords.decode(negative)).isInstanceOf(GroupRecords.Stored.Damaged.class);
    }
}
