package io.meridian.platform.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.SharedBroker;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.CreateTopicsRequest;
import org.apache.kafka.common.requests.CreateTopicsResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Frames that are wrong in themselves.
@ExtendWith(SharedBroker.class)
class BadRequestIT {
    private static final int CORRELATION_ID = 77;
    private final Broker broker;

    BadRequestIT(Broker broker) {
        this.broker = broker;
    }

    /// Whatever a test did to its own connection, everybody else is served.
    @AfterEach
    void othersAreServed() throws Exception {
        String topic = Clients.createTopic(broker, "others", 1);
        Clients.produce(broker, topic, 0, List.of("served"));
        assertThat(Clients.values(Clients.readAll(broker, topic, 0))).containsExactly("served");
    }

    @Test
    void anUnknownApiClosesTheConnection() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            connection.frame(RawConnection.header(999, 0, CORRELATION_ID, 0).flip());

            assertThat(connection.next()).isEmpty();
        }
    }

    @Test
    void anUnknownVersionClosesTheConnection() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            connection.frame(RawConnection.header(ApiKeys.METADATA, 99, CORRELATION_ID, 0)
                    .flip());

            assertThat(connection.next()).isEmpty();
        }
    }

    @Test
    void anUnknownVersionOfApiVersionsIsToldWhichVersionsThereAre() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            connection.frame(RawConnection.header(ApiKeys.API_VERSIONS, 99, CORRELATION_ID, 1)
                    .put((byte) 0)
                    .flip());

            ByteBuffer answer = connection.next().orElseThrow();
            assertThat(answer.getInt()).isEqualTo(CORRELATION_ID);
            ApiVersionsResponseData body = new ApiVersionsResponseData(new ByteBufferAccessor(answer), (short) 0);
            assertThat(Errors.forCode(body.errorCode())).isEqualTo(Errors.UNSUPPORTED_VERSION);
            assertThat(body.apiKeys().find(ApiKeys.API_VERSIONS.id)).isNotNull();
        }
    }

    @Test
    void aFrameLargerThanAllowedClosesTheConnection() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            connection.bytes(ByteBuffer.allocate(6)
                    .putInt(Integer.MAX_VALUE)
                    .putShort(ApiKeys.PRODUCE.id)
                    .flip());

            assertThat(connection.next()).isEmpty();
        }
    }

    @Test
    void aFrameLargerThanItsApiMayBeClosesTheConnection() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            connection.bytes(ByteBuffer.allocate(6)
                    .putInt(2 * 1024 * 1024)
                    .putShort(ApiKeys.METADATA.id)
                    .flip());

            assertThat(connection.next()).isEmpty();
        }
    }

    @Test
    void aTopicNamedTwiceIsNotCreated() throws Exception {
        String topic = broker.freshTopic("twice");
        CreateTopicsRequestData data = new CreateTopicsRequestData().setTimeoutMs(10_000);
        for (int i = 0; i < 2; i++) {
            data.topics()
                    .add(new CreateTopicsRequestData.CreatableTopic()
                            .setName(topic)
                            .setNumPartitions(1)
                            .setReplicationFactor((short) 1));
        }
        try (RawConnection connection = new RawConnection(broker)) {
            CreateTopicsResponse answer =
                    connection.ask(new CreateTopicsRequest.Builder(data).build((short) 7), CreateTopicsResponse.class);

            assertThat(answer.data().topics())
                    .isNotEmpty()
                    .allSatisfy(result ->
                            assertThat(Errors.forCode(result.errorCode())).isEqualTo(Errors.INVALID_REQUEST));
        }
    }

    @Test
    void aFrameOfNegativeLengthClosesTheConnection() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            connection.bytes(ByteBuffer.allocate(4).putInt(-1).flip());

            assertThat(connection.next()).isEmpty();
        }
    }

    @Test
    void aFrameWithoutAWholeHeaderClosesTheConnection() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            connection.frame(ByteBuffer.allocate(3));

            assertThat(connection.next()).isEmpty();
        }
    }

    @Test
    void aListThatClaimsToBeHugeClosesTheConnection() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            connection.frame(RawConnection.header(ApiKeys.METADATA, 1, CORRELATION_ID, 4)
                    .putInt(Integer.MAX_VALUE)
                    .flip());

            assertThat(connection.next()).isEmpty();
        }
    }

    @Test
    void aRequestThatEndsTooEarlyClosesTheConnection() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            ByteBuffer whole = connection.encode(new MetadataRequest(
                    new MetadataRequestData()
                            .setTopics(List.of(new MetadataRequestData.MetadataRequestTopic().setName("some-topic"))),
                    (short) 12));
            connection.frame(whole.duplicate().limit(whole.limit() - 6));

            assertThat(connection.next()).isEmpty();
        }
    }

    @Test
    void aHalfFrameAndThenSilenceHurtsNobody() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            connection.bytes(ByteBuffer.allocate(6).putInt(1_000).flip());

            othersAreServed();
        }
    }

    @Test
    void aFrameInManyPiecesIsAnswered() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            ByteBuffer request = RawConnection.header(ApiKeys.API_VERSIONS, 0, CORRELATION_ID, 0)
                    .flip();
            connection.bytes(ByteBuffer.allocate(4).putInt(request.remaining()).flip());
            while (request.hasRemaining()) {
                connection.bytes(request.slice(request.position(), 1));
                request.get();
            }

            assertThat(connection.next().orElseThrow().getInt()).isEqualTo(CORRELATION_ID);
        }
    }

    @Test
    void requestsSentAtOnceAreAnsweredInTheirOrder() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            for (int i = 0; i < 20; i++) {
                connection.frame(
                        RawConnection.header(ApiKeys.API_VERSIONS, 0, i, 0).flip());
            }

            for (int i = 0; i < 20; i++) {
                assertThat(connection.next().orElseThrow().getInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void aClientNameThatIsNoNameIsRefused() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            ApiVersionsResponse answer = connection.ask(
                    new ApiVersionsRequest(
                            new ApiVersionsRequestData()
                                    .setClientSoftwareName("not a name!")
                                    .setClientSoftwareVersion("1"),
                            (short) 3),
                    ApiVersionsResponse.class);

            assertThat(Errors.forCode(answer.data().errorCode())).isEqualTo(Errors.INVALID_REQUEST);
        }
    }

    @Test
    void aTopicThatIsNotThereAndMustNotBeCreatedIsUnknown() throws Exception {
        try (RawConnection connection = new RawConnection(broker)) {
            MetadataResponse answer = connection.ask(
                    new MetadataRequest.Builder(List.of("not-there", "not a name"), false).build((short) 12),
                    MetadataResponse.class);

            assertThat(answer.errors())
                    .containsEntry("not-there", Errors.UNKNOWN_TOPIC_OR_PARTITION)
                    .containsEntry("not a name", Errors.INVALID_TOPIC_EXCEPTION);
        }
    }
}
