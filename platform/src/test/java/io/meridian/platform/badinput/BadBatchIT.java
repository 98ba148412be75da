package io.meridian.platform.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.SharedBroker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Well-formed requests with record batches that must not get into a log.
@ExtendWith(SharedBroker.class)
class BadBatchIT {
    /// The last version that names topics by name.
    private static final short VERSION = 12;

    private static final int MAGIC_POSITION = 16;
    private static final int RECORD_COUNT_POSITION = 57;
    private static final int LENGTH_POSITION = 8;
    private final Broker broker;
    private String topic = "";

    BadBatchIT(Broker broker) {
        this.broker = broker;
    }

    @BeforeEach
    void aTopicWithOneRecord() throws Exception {
        topic = Clients.createTopic(broker, "batches", 1);
        Clients.produce(broker, topic, 0, List.of("before"));
    }

    @Test
    void aBatchWithAWrongChecksumIsCorrupt() throws Exception {
        ByteBuffer batch = batch("x");
        int last = batch.limit() - 1;
        batch.put(last, (byte) (batch.get(last) ^ 1));

        assertRefused(batch, Errors.CORRUPT_MESSAGE);
    }

    @Test
    void aBatchOfAnOlderFormatIsRefused() throws Exception {
        ByteBuffer batch = batch("x");
        batch.put(MAGIC_POSITION, (byte) 1);

        assertRefused(batch, Errors.INVALID_RECORD, Errors.CORRUPT_MESSAGE, Errors.UNSUPPORTED_FOR_MESSAGE_FORMAT);
    }

    @Test
    void aBatchOfAFormatThatDoesNotExistIsRefused() throws Exception {
        ByteBuffer batch = batch("x");
        batch.put(MAGIC_POSITION, (byte) 9);

        assertRefused(batch, Errors.INVALID_RECORD, Errors.CORRUPT_MESSAGE, Errors.UNSUPPORTED_FOR_MESSAGE_FORMAT);
    }

    @Test
    void aBatchThatCountsMoreRecordsThanItHasIsRefused() throws Exception {
        ByteBuffer batch = batch("x");
        batch.putInt(RECORD_COUNT_POSITION, 1_000_000);

        assertRefused(batch, Errors.INVALID_RECORD, Errors.CORRUPT_MESSAGE);
    }

    @Test
    void aBatchThatClaimsToBeLongerThanItIsIsRefused() throws Exception {
        ByteBuffer batch = batch("x");
        batch.putInt(LENGTH_POSITION, 1_000_000);

        assertRefused(batch, Errors.INVALID_RECORD, Errors.CORRUPT_MESSAGE);
    }

    @Test
    void twoBatchesForOnePartitionAreRefused() throws Exception {
        ByteBuffer one = batch("x");
        ByteBuffer two = ByteBuffer.allocate(2 * one.remaining())
                .put(one.duplicate())
                .put(one.duplicate())
                .flip();

        assertRefused(two, Errors.INVALID_RECORD);
    }

    @Test
    void aPartitionThatIsNotThereIsUnknown() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            PartitionProduceResponse answer = produce(connection, topic, 9, batch("x"), (short) -1);

            assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
        }
    }

    @Test
    void anAcknowledgementThatDoesNotExistIsRefused() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            PartitionProduceResponse answer = produce(connection, topic, 0, batch("x"), (short) 5);

            assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.INVALID_REQUIRED_ACKS);
        }
    }

    @Test
    void anIdempotentProducersSequencesAreHeldToTheirOrder() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            InitProducerIdResponse init = connection.ask(
                    new InitProducerIdRequest.Builder(new InitProducerIdRequestData()
                                    .setTransactionalId(null)
                                    .setTransactionTimeoutMs(60_000))
                            .build((short) 4),
                    InitProducerIdResponse.class);
            long producerId = init.data().producerId();
            short epoch = init.data().producerEpoch();
            assertThat(producerId).isNotNegative();

            assertThat(error(connection, sequenced(producerId, epoch, 0))).isEqualTo(Errors.NONE);
            assertThat(error(connection, sequenced(producerId, epoch, 1))).isEqualTo(Errors.NONE);
            assertThat(error(connection, sequenced(producerId, epoch, 5)))
                    .as("a gap")
                    .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
            PartitionProduceResponse again = produce(connection, topic, 0, sequenced(producerId, epoch, 0), (short) -1);
            assertThat(Errors.forCode(again.errorCode())).as("a retry").isEqualTo(Errors.NONE);
            assertThat(again.baseOffset()).as("where it was written first").isEqualTo(1);
            assertThat(error(connection, sequenced(producerId, (short) (epoch + 1), 3)))
                    .as("a new epoch that does not begin at 0")
                    .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
        }
        assertThat(Clients.values(Clients.readAll(broker, topic, 0))).containsExactly("before", "s0", "s1");
    }

    private void assertRefused(ByteBuffer batch, Errors... oneOf) throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            assertThat(error(connection, batch)).isIn((Object[]) oneOf);
            assertThat(error(connection, batch("after")))
                    .as("the same connection goes on")
                    .isEqualTo(Errors.NONE);
        }
        assertThat(Clients.values(Clients.readAll(broker, topic, 0))).containsExactly("before", "after");
    }

    private Errors error(RawConnection connection, ByteBuffer batch) throws IOException {
        return Errors.forCode(produce(connection, topic, 0, batch, (short) -1).errorCode());
    }

    private static PartitionProduceResponse produce(
            RawConnection connection, String topic, int partition, ByteBuffer batch, short acks) throws IOException {
        ProduceRequestData.TopicProduceDataCollection topics = new ProduceRequestData.TopicProduceDataCollection();
        topics.add(new TopicProduceData()
                .setName(topic)
                .setPartitionData(List.of(new PartitionProduceData()
                        .setIndex(partition)
                        .setRecords(MemoryRecords.readableRecords(batch.duplicate())))));
        ProduceRequest request = new ProduceRequest(
                new ProduceRequestData().setAcks(acks).setTimeoutMs(10_000).setTopicData(topics), VERSION);
        return connection
                .ask(request, ProduceResponse.class)
                .data()
                .responses()
                .iterator()
                .next()
                .partitionResponses()
                .get(0);
    }

    private static ByteBuffer batch(String value) {
        return MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(value.getBytes(StandardCharsets.UTF_8)))
                .buffer();
    }

    private static ByteBuffer sequenced(long producerId, short epoch, int sequence) {
        return MemoryRecords.withIdempotentRecords(
                        RecordBatch.CURRENT_MAGIC_VALUE,
                        0,
                        Compression.NONE,
                        producerId,
                        epoch,
                        sequence,
                        RecordBatch.NO_PARTITION_LEADER_EPOCH,
                        new SimpleRecord(("s" + sequence).getBytes(StandardCharsets.UTF_8)))
                .buffer();
    }
}
