package io.meridian.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Our codec against Kafka's classes, on random messages of every version of every request and response.
class CodecDifferentialPropertyTest {
    private static final int MESSAGES_PER_VERSION = 40;

    @TestFactory
    Stream<DynamicTest> requestsAreReadAndWrittenAsKafkaDoes() {
        return apis().map(api -> dynamicTest(
                api + " request", () -> everyVersion(api, "Request", api::newRequest, MessageTypes::readRequest)));
    }

    @TestFactory
    Stream<DynamicTest> responsesAreReadAndWrittenAsKafkaDoes() {
        return apis().map(api -> dynamicTest(
                api + " response", () -> everyVersion(api, "Response", api::newResponse, MessageTypes::readResponse)));
    }

    private static Stream<ApiMessageType> apis() {
        return Arrays.stream(ApiMessageType.values()).filter(api -> api.highestSupportedVersion(true) >= 0);
    }

    private static void everyVersion(ApiMessageType api, String kind, KafkaMessage kafkas, Reader ours)
            throws ReflectiveOperationException {
        Specification specification = Specification.named(api.name + kind);
        assertThat(MessageTypes.lowestVersion(api.apiKey())).isEqualTo(api.lowestSupportedVersion());
        assertThat(MessageTypes.highestVersion(api.apiKey())).isEqualTo(api.highestSupportedVersion(true));
        for (short version = api.lowestSupportedVersion(); version <= api.highestSupportedVersion(true); version++) {
            for (int i = 0; i < MESSAGES_PER_VERSION; i++) {
                long seed = 1_000_003L * api.apiKey() + 1_009L * version + i;
                oneMessage(api, specification, version, seed, kafkas, ours);
            }
        }
    }

    private static void oneMessage(
            ApiMessageType api, Specification specification, short version, long seed, KafkaMessage kafkas, Reader ours)
            throws ReflectiveOperationException {
        // Given
        String what = api + " version " + version + " seed " + seed;
        byte[] bytes = RandomMessageBytes.of(specification, version, seed);
        ApiMessage kafka = KafkaMessages.read(kafkas.create(), bytes, version);
        assertThat(KafkaMessages.write(kafka, version))
                .as("%s: the test encodes as Kafka", what)
                .isEqualTo(bytes);

        // When
        WireReader reader = new WireReader(ByteBuffer.wrap(bytes));
        Message message = ours.read(api.apiKey(), reader, version);
        byte[] written = write(message, version);

        // Then
        reader.expectEnd(what);
        KafkaMessages.assertSameFields(what, (Record) message, kafka);
        assertThat(written).as(what).isEqualTo(bytes);
        assertThat(KafkaMessages.read(kafkas.create(), written, version))
                .as(what)
                .isEqualTo(kafka);
        byte[] withUnknownTags = RandomMessageBytes.withUnknownTags(specification, version, seed);
        assertThat(ours.read(api.apiKey(), new WireReader(ByteBuffer.wrap(withUnknownTags)), version))
                .as("%s: unknown tagged fields are passed over", what)
                .isEqualTo(message);
    }

    private static byte[] write(Message message, short version) {
        WireWriter writer = new WireWriter();
        message.write(writer, version);
        ByteBuffer buffer = writer.toByteBuffer();
        assertThat(writer.sizeInBytes()).isEqualTo(buffer.remaining());
        return KafkaMessages.bytesOf(buffer);
    }

    @FunctionalInterface
    private interface KafkaMessage {
        ApiMessage create();
    }

    @FunctionalInterface
    private interface Reader {
        Message read(short apiKey, WireReader reader, short version);
    }
}
