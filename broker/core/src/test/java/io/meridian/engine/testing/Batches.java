package io.meridian.engine.testing;

import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchRequest.FetchPartition;
import io.meridian.protocol.message.FetchRequest.FetchTopic;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.message.ProduceRequest.PartitionProduceData;
import io.meridian.protocol.message.ProduceRequest.TopicProduceData;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.wire.BufferPayload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Requests that tests send again and again.
public final class Batches {
    private Batches() {}

    /// A batch with one record for each value.
    public static ByteBuffer plain(String... values) {
        return fill(new RecordBatchBuilder(), values).build();
    }

    /// A batch of an idempotent producer.
    public static ByteBuffer idempotent(long producerId, int producerEpoch, int baseSequence, String... values) {
        return fill(new RecordBatchBuilder().producer(producerId, (short) producerEpoch, baseSequence), values)
                .build();
    }

    private static RecordBatchBuilder fill(RecordBatchBuilder builder, String... values) {
        for (String value : values) {
            builder.append(1_700_000_000_000L, (byte[]) null, value.getBytes(StandardCharsets.UTF_8));
        }
        return builder;
    }

    /// Produce by topic name, so for versions up to 12.
    public static ProduceRequest produce(int acks, String topic, int partition, ByteBuffer batch) {
        return ProduceRequest.DEFAULT
                .withAcks((short) acks)
                .withTimeoutMs(1_000)
                .withTopicData(List.of(TopicProduceData.DEFAULT
                        .withName(topic)
                        .withPartitionData(List.of(new PartitionProduceData(partition, new BufferPayload(batch))))));
    }

    /// Fetch by topic name, so for versions up to 12, without a session.
    public static FetchRequest fetch(String topic, int partition, long fetchOffset, int minBytes, int maxWaitMs) {
        return FetchRequest.DEFAULT
                .withMaxWaitMs(maxWaitMs)
                .withMinBytes(minBytes)
                .withMaxBytes(1 << 20)
                .withSessionEpoch(-1)
                .withTopics(List.of(FetchTopic.DEFAULT
                        .withTopic(topic)
                        .withPartitions(List.of(FetchPartition.DEFAULT
                                .withPartition(partition)
                                .withFetchOffset(fetchOffset)
                                .withPartitionMaxBytes(1 << 20)))));
    }
}
