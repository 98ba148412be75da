package io.meridian.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.base.Uuid;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.Payload;
import io.meridian.protocol.wire.UnsupportedFieldException;
import io.meridian.protocol.wire.UnsupportedVersionException;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What versions do to fields, and whose bytes a message holds.
class MessageFieldsTest {
    @Test
    void aFieldThatTheVersionLacksIsRefusedUnlessItHasItsDefault() {
        FetchRequest.FetchTopic named = FetchRequest.FetchTopic.DEFAULT.withTopic("orders");
        MetadataRequest request = MetadataRequest.DEFAULT.withAllowAutoTopicCreation(false);

        assertThatThrownBy(() -> write(request, (short) 3))
                .isInstanceOf(UnsupportedFieldException.class)
                .hasMessageContaining("MetadataRequest.allowAutoTopicCreation")
                .hasMessageContaining("version 3");
        assertThat(write(request, (short) 4)).isNotNull();
        assertThat(write(MetadataRequest.DEFAULT, (short) 3)).isNotNull();
        assertThat(write(named, (short) 13)).isNotNull();
    }

    @Test
    void anIgnorableFieldThatTheVersionLacksIsDropped() {
        ListOffsetsResponse response = ListOffsetsResponse.DEFAULT.withThrottleTimeMs(7);

        ByteBuffer bytes = write(response, (short) 1);

        assertThat(ListOffsetsResponse.read(new WireReader(bytes), (short) 1)).isEqualTo(ListOffsetsResponse.DEFAULT);
    }

    @Test
    void nullIsRefusedInVersionsThatCannotSayIt() {
        MetadataRequest everything = MetadataRequest.DEFAULT.withTopics(null);

        assertThatThrownBy(() -> write(everything, (short) 0))
                .isInstanceOf(UnsupportedFieldException.class)
                .hasMessageContaining("MetadataRequest.topics cannot be null in version 0");
        assertThat(write(everything, (short) 1)).isNotNull();
    }

    @Test
    void aVersionThatTheMessageLacksIsRefusedBothWays() {
        assertThatThrownBy(() -> write(ProduceRequest.DEFAULT, (short) 2))
                .isInstanceOf(UnsupportedVersionException.class)
                .hasMessageContaining("3 to 13");
        assertThatThrownBy(() -> ProduceRequest.read(new WireReader(WireReader.EMPTY_BYTES), (short) 14))
                .isInstanceOf(UnsupportedVersionException.class);
        assertThatThrownBy(() -> MessageTypes.readRequest((short) 7, new WireReader(WireReader.EMPTY_BYTES), (short) 0))
                .isInstanceOf(UnsupportedVersionException.class);
    }

    @Test
    void recordsAndBytesOfAMessageLieInItsFrame() {
        ByteBuffer frame = write(produce(new BufferPayload(ByteBuffer.wrap(new byte[] {1, 2, 3}))), (short) 9);

        ProduceRequest read = ProduceRequest.read(new WireReader(frame), (short) 9);
        Payload payload = read.topicData().getFirst().partitionData().getFirst().records();

        assertThat(payload).isInstanceOf(BufferPayload.class);
        ByteBuffer bytes = ((BufferPayload) payload).buffer();
        int at = frame.limit() - 1 - 1 - 1 - 1;
        frame.put(at, (byte) 99);
        assertThat(bytes.remaining()).isEqualTo(3);
        assertThat(bytes.get(2))
                .as("the last byte before three empty tag sections")
                .isEqualTo((byte) 99);
        assertThat(frame.position()).as("the frame's own position").isZero();
    }

    @Test
    void bytesInsideAMessageAliasItsFrame() {
        SaslAuthenticateRequest request =
                SaslAuthenticateRequest.DEFAULT.withAuthBytes(ByteBuffer.wrap(new byte[] {4, 5}));
        ByteBuffer frame = write(request, (short) 2);

        ByteBuffer bytes =
                SaslAuthenticateRequest.read(new WireReader(frame), (short) 2).authBytes();
        frame.put(frame.limit() - 2, (byte) 9);

        assertThat(bytes.get(1)).isEqualTo((byte) 9);
    }

    @Test
    void listsOfAMessageCannotBeChanged() {
        ByteBuffer frame = write(produce(BufferPayload.EMPTY), (short) 9);

        List<ProduceRequest.TopicProduceData> topics =
                ProduceRequest.read(new WireReader(frame), (short) 9).topicData();

        assertThatThrownBy(topics::removeFirst).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aTaggedFieldMustBeAsLongAsItSays() {
        FetchRequest request = FetchRequest.DEFAULT.withReplicaState(new FetchRequest.ReplicaState(3, 9L));
        ByteBuffer frame = write(request, (short) 17);
        int sizeAt = frame.limit() - 4 - 8 - 1 - 1;
        assertThat(frame.get(sizeAt)).isEqualTo((byte) 13);
        frame.put(sizeAt, (byte) 12);

        assertThatThrownBy(() -> FetchRequest.read(new WireReader(frame), (short) 17))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("FetchRequest at offset");
    }

    @Test
    void copiesDifferInOneField() {
        Uuid id = new Uuid(1L, 2L);
        ProduceRequest.TopicProduceData topic =
                ProduceRequest.TopicProduceData.DEFAULT.withName("orders").withTopicId(id);

        assertThat(topic.withTopicId(Uuid.ZERO).name()).isEqualTo("orders");
        assertThat(topic.topicId()).isEqualTo(id);
        assertThat(ProduceRequest.DEFAULT.transactionalId()).isNull();
        assertThat(ProduceRequest.DEFAULT.apiKey()).isZero();
        assertThat(FetchRequest.DEFAULT.maxBytes()).isEqualTo(Integer.MAX_VALUE);
    }

    private static ProduceRequest produce(Payload records) {
        ProduceRequest.PartitionProduceData partition = new ProduceRequest.PartitionProduceData(0, records);
        return ProduceRequest.DEFAULT.withTopicData(
                List.of(new ProduceRequest.TopicProduceData("orders", Uuid.ZERO, List.of(partition))));
    }

    private static ByteBuffer write(Message message, short version) {
        WireWriter writer = new WireWriter();
        message.write(writer, version);
        return writer.toByteBuffer();
    }
}
