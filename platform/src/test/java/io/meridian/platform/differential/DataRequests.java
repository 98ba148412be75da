package io.meridian.platform.differential;

import io.meridian.base.Uuid;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.message.DeleteRecordsRequest;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchRequest.FetchPartition;
import io.meridian.protocol.message.FetchRequest.FetchTopic;
import io.meridian.protocol.message.InitProducerIdRequest;
import io.meridian.protocol.message.ListOffsetsRequest;
import io.meridian.protocol.message.OffsetForLeaderEpochRequest;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.message.ProduceRequest.PartitionProduceData;
import io.meridian.protocol.message.ProduceRequest.TopicProduceData;
import io.meridian.protocol.record.Compression;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.RequestMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/// Records: written, read, looked up by time and deleted, rightly and wrongly.
final class DataRequests {
    private static final long BASE_TIMESTAMP_MS = 1_700_000_000_000L;
    private static final int TIMEOUT_MS = 10_000;

    private final Draw draw;
    private final Versions versions;
    private final Comparison comparison;
    private int producers;

    DataRequests(Draw draw, Versions versions, Comparison comparison) {
        this.draw = draw;
        this.versions = versions;
        this.comparison = comparison;
    }

    void next() {
        switch (draw.below(10)) {
            case 0, 1, 2 -> produce();
            case 3, 4, 5 -> fetch();
            case 6, 7 -> listOffsets();
            case 8 -> deleteRecords();
            default -> epochsAndProducers();
        }
    }

    private void ask(short version, boolean reads, Function<Side, RequestMessage> request) {
        comparison.ask("main", version, reads, request);
    }

    private void produce() {
        String topic = draw.topic();
        int partition = draw.partition();
        if (draw.chance(80)) {
            produce(topic, partition, batch(builder()));
            return;
        }
        // A producer that begins, repeats itself, leaves a gap and goes on.
        long producerId = 4_000L + producers++;
        for (int sequence : new int[] {0, 0, 7, 1}) {
            RecordBatchBuilder builder = builder().producer(producerId, (short) 0, sequence);
            builder.append(BASE_TIMESTAMP_MS, new byte[] {1}, new byte[] {(byte) sequence});
            produce(topic, partition, builder.build());
        }
    }

    private void produce(String topic, int partition, ByteBuffer batch) {
        short version = (short) Math.max(3, draw.version(versions, ApiKey.PRODUCE));
        short acks = draw.chance(95) ? draw.of((short) 1, (short) -1) : (short) 7;
        ask(
                version,
                false,
                side -> ProduceRequest.DEFAULT
                        .withTransactionalId(null)
                        .withAcks(acks)
                        .withTimeoutMs(TIMEOUT_MS)
                        .withTopicData(List.of(new TopicProduceData(
                                version >= 13 ? "" : topic,
                                version >= 13 ? side.topic(topic) : Uuid.ZERO,
                                List.of(new PartitionProduceData(partition, new BufferPayload(batch.duplicate())))))));
    }

    private RecordBatchBuilder builder() {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        if (draw.chance(30)) {
            builder.compression(draw.of(Compression.GZIP, Compression.LZ4, Compression.SNAPPY));
        }
        return builder;
    }

    private ByteBuffer batch(RecordBatchBuilder builder) {
        int count = 1 + draw.below(3);
        for (int i = 0; i < count; i++) {
            byte[] key = draw.chance(70) ? ("k" + i).getBytes(StandardCharsets.UTF_8) : null;
            builder.append(
                    BASE_TIMESTAMP_MS + draw.below(1_000),
                    key,
                    ("v" + draw.below(100)).getBytes(StandardCharsets.UTF_8));
        }
        ByteBuffer batch = builder.build();
        if (draw.chance(5)) {
            int at = batch.position() + 21 + draw.below(batch.remaining() - 21);
            batch.put(at, (byte) (batch.get(at) ^ 0x40));
        }
        return batch;
    }

    private void fetch() {
        short version = draw.version(versions, ApiKey.FETCH);
        String topic = draw.topic();
        FetchPartition partition = FetchPartition.DEFAULT
                .withPartition(draw.partition())
                .withCurrentLeaderEpoch(version >= 9 && draw.chance(10) ? draw.of(99, 0) : -1)
                .withFetchOffset(draw.chance(90) ? draw.below(20) : draw.of(-1L, 1_000L))
                .withLogStartOffset(-1)
                .withLastFetchedEpoch(-1)
                .withPartitionMaxBytes(draw.of(1_000_000, 1, 100));
        byte isolation = (byte) draw.below(2);
        int maxBytes = draw.of(10_000_000, 1);
        ask(
                version,
                true,
                side -> FetchRequest.DEFAULT
                        .withReplicaId(-1)
                        .withMaxWaitMs(0)
                        .withMinBytes(1)
                        .withMaxBytes(maxBytes)
                        .withIsolationLevel(isolation)
                        .withSessionEpoch(-1)
                        .withTopics(List.of(FetchTopic.DEFAULT
                                .withTopic(version >= 13 ? "" : topic)
                                .withTopicId(version >= 13 ? side.topic(topic) : Uuid.ZERO)
                                .withPartitions(List.of(partition)))));
    }

    private void listOffsets() {
        short version = draw.version(versions, ApiKey.LIST_OFFSETS);
        ListOffsetsRequest.ListOffsetsPartition partition = ListOffsetsRequest.ListOffsetsPartition.DEFAULT
                .withPartitionIndex(draw.partition())
                .withCurrentLeaderEpoch(version >= 4 && draw.chance(10) ? draw.of(99, 0) : -1)
                .withTimestamp(
                        draw.chance(30)
                                ? BASE_TIMESTAMP_MS + draw.below(1_100)
                                : draw.of(-1L, -2L, -3L, -4L, -5L, -6L, -7L, 0L, Long.MAX_VALUE));
        String topic = draw.topic();
        boolean twice = draw.chance(5);
        byte isolation = version >= 2 ? (byte) draw.below(2) : 0;
        ask(
                version,
                true,
                _ -> ListOffsetsRequest.DEFAULT
                        .withReplicaId(-1)
                        .withIsolationLevel(isolation)
                        .withTopics(List.of(new ListOffsetsRequest.ListOffsetsTopic(
                                topic, twice ? List.of(partition, partition) : List.of(partition)))));
    }

    private void deleteRecords() {
        if (versions.has(ApiKey.DELETE_RECORDS)) {
            String topic = draw.topic();
            DeleteRecordsRequest.DeleteRecordsPartition partition = new DeleteRecordsRequest.DeleteRecordsPartition(
                    draw.partition(), draw.chance(70) ? draw.below(6) : draw.of(-1L, 1_000L, -5L));
            ask(
                    draw.version(versions, ApiKey.DELETE_RECORDS),
                    false,
                    _ -> new DeleteRecordsRequest(
                            List.of(new DeleteRecordsRequest.DeleteRecordsTopic(topic, List.of(partition))),
                            TIMEOUT_MS));
        }
    }

    private void epochsAndProducers() {
        if (draw.chance(70)) {
            String topic = draw.topic();
            OffsetForLeaderEpochRequest.OffsetForLeaderPartition partition =
                    new OffsetForLeaderEpochRequest.OffsetForLeaderPartition(
                            draw.partition(), draw.chance(80) ? -1 : draw.of(0, 99), draw.of(0, 1, 99, -1));
            ask(
                    draw.version(versions, ApiKey.OFFSET_FOR_LEADER_EPOCH),
                    true,
                    _ -> OffsetForLeaderEpochRequest.DEFAULT
                            .withReplicaId(-2)
                            .withTopics(List.of(
                                    new OffsetForLeaderEpochRequest.OffsetForLeaderTopic(topic, List.of(partition)))));
        } else {
            short version = draw.version(versions, ApiKey.INIT_PRODUCER_ID);
            ask(
                    version,
                    false,
                    _ -> InitProducerIdRequest.DEFAULT
                            .withTransactionalId(null)
                            .withTransactionTimeoutMs(60_000)
                            .withProducerId(-1)
                            .withProducerEpoch((short) -1));
        }
    }
}
