package io.meridian.bench.jmh;

import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchRequest.FetchPartition;
import io.meridian.protocol.message.FetchRequest.FetchTopic;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.FetchResponse.FetchableTopicResponse;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.meridian.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.meridian.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.message.ProduceRequest.PartitionProduceData;
import io.meridian.protocol.message.ProduceRequest.TopicProduceData;
import io.meridian.protocol.message.ProduceResponse;
import io.meridian.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.meridian.protocol.message.ProduceResponse.TopicProduceResponse;
import io.meridian.protocol.record.Compression;
import io.meridian.protocol.record.RecordBatchBuilder;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/// Messages as clients of today send them: six partitions of one topic with 16 KiB each.
final class Samples {
    static final short PRODUCE_VERSION = 13;
    static final short FETCH_VERSION = 18;
    static final short METADATA_VERSION = 13;
    static final long NOW_MS = 1_700_000_000_000L;
    private static final int PARTITIONS = 6;
    private static final int BATCH_BYTES = 16 * 1024;
    private static final int RECORD_BYTES = 100;
    private static final Uuid TOPIC_ID = new Uuid(1, 2);

    private Samples() {}

    /// A batch of records of 100 bytes, as compressible as text with numbers is.
    static ByteBuffer batch(Compression compression) {
        var random = new SeededRandom(7);
        var builder = new RecordBatchBuilder().compression(compression);
        for (int bytes = 0; bytes < BATCH_BYTES; bytes += RECORD_BYTES) {
            var value = new StringBuilder();
            while (value.length() < RECORD_BYTES) {
                value.append("{\"id\":").append(random.nextInt(1_000_000_000)).append(",\"state\":\"open\"},");
            }
            byte[] text = value.substring(0, RECORD_BYTES).getBytes(StandardCharsets.US_ASCII);
            builder.append(NOW_MS, (byte[]) null, text);
        }
        return builder.build();
    }

    static ProduceRequest produceRequest() {
        var records = new BufferPayload(batch(Compression.NONE));
        return ProduceRequest.DEFAULT
                .withAcks((short) -1)
                .withTimeoutMs(30_000)
                .withTopicData(List.of(TopicProduceData.DEFAULT
                        .withTopicId(TOPIC_ID)
                        .withPartitionData(IntStream.range(0, PARTITIONS)
                                .mapToObj(partition -> new PartitionProduceData(partition, records))
                                .toList())));
    }

    static ProduceResponse produceResponse() {
        return ProduceResponse.DEFAULT.withResponses(List.of(TopicProduceResponse.DEFAULT
                .withTopicId(TOPIC_ID)
                .withPartitionResponses(IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> PartitionProduceResponse.DEFAULT
                                .withIndex(partition)
                                .withBaseOffset(1_000_000L + partition))
                        .toList())));
    }

    static FetchRequest fetchRequest() {
        return FetchRequest.DEFAULT
                .withMaxWaitMs(500)
                .withMinBytes(1)
                .withMaxBytes(50 << 20)
                .withSessionId(1)
                .withSessionEpoch(1)
                .withTopics(List.of(FetchTopic.DEFAULT
                        .withTopicId(TOPIC_ID)
                        .withPartitions(IntStream.range(0, PARTITIONS)
                                .mapToObj(partition -> FetchPartition.DEFAULT
                                        .withPartition(partition)
                                        .withFetchOffset(1_000_000L)
                                        .withPartitionMaxBytes(1 << 20))
                                .toList())));
    }

    static FetchResponse fetchResponse() {
        var records = new BufferPayload(batch(Compression.NONE));
        return FetchResponse.DEFAULT
                .withSessionId(1)
                .withResponses(List.of(FetchableTopicResponse.DEFAULT
                        .withTopicId(TOPIC_ID)
                        .withPartitions(IntStream.range(0, PARTITIONS)
                                .mapToObj(partition -> FetchResponse.PartitionData.DEFAULT
                                        .withPartitionIndex(partition)
                                        .withHighWatermark(1_000_000L)
                                        .withRecords(records))
                                .toList())));
    }

    static MetadataRequest metadataRequest() {
        return MetadataRequest.DEFAULT.withTopics(IntStream.range(0, PARTITIONS)
                .mapToObj(topic -> MetadataRequestTopic.DEFAULT.withName("topic-" + topic))
                .toList());
    }

    /// Of 1,000 partitions.
    static MetadataResponse metadataResponse() {
        var partitions = IntStream.range(0, 1_000)
                .mapToObj(partition -> MetadataResponsePartition.DEFAULT
                        .withPartitionIndex(partition)
                        .withLeaderId(1)
                        .withLeaderEpoch(3)
                        .withReplicaNodes(List.of(1))
                        .withIsrNodes(List.of(1)))
                .toList();
        return MetadataResponse.DEFAULT
                .withBrokers(List.of(MetadataResponseBroker.DEFAULT
                        .withNodeId(1)
                        .withHost("localhost")
                        .withPort(9092)))
                .withTopics(List.of(MetadataResponseTopic.DEFAULT
                        .withName("topic")
                        .withTopicId(TOPIC_ID)
                        .withPartitions(partitions)));
    }

    /// The message as one buffer.
    static ByteBuffer bytesOf(Message message, short version) {
        var writer = new WireWriter();
        message.write(writer, version);
        return writer.toByteBuffer();
    }
}
