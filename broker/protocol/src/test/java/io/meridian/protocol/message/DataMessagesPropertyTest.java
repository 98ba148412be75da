package io.meridian.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The messages that live inside records and not in requests, against Kafka's classes.
class DataMessagesPropertyTest {
    private static final int MESSAGES_PER_VERSION = 40;

    static Stream<Arguments> messages() {
        return Stream.of(
                of("AbortedTxn", AbortedTxn.HIGHEST_VERSION, AbortedTxn::read),
                of(
                        "ConsumerProtocolAssignment",
                        ConsumerProtocolAssignment.HIGHEST_VERSION,
                        ConsumerProtocolAssignment::read),
                of(
                        "ConsumerProtocolSubscription",
                        ConsumerProtocolSubscription.HIGHEST_VERSION,
                        ConsumerProtocolSubscription::read),
                of("ControlRecordTypeSchema", ControlRecordTypeSchema.HIGHEST_VERSION, ControlRecordTypeSchema::read),
                of("DefaultPrincipalData", DefaultPrincipalData.HIGHEST_VERSION, DefaultPrincipalData::read),
                of("EndTxnMarker", EndTxnMarker.HIGHEST_VERSION, EndTxnMarker::read),
                of("KRaftVersionRecord", KRaftVersionRecord.HIGHEST_VERSION, KRaftVersionRecord::read),
                of("LeaderChangeMessage", LeaderChangeMessage.HIGHEST_VERSION, LeaderChangeMessage::read),
                of("SnapshotFooterRecord", SnapshotFooterRecord.HIGHEST_VERSION, SnapshotFooterRecord::read),
                of("SnapshotHeaderRecord", SnapshotHeaderRecord.HIGHEST_VERSION, SnapshotHeaderRecord::read),
                of("VotersRecord", VotersRecord.HIGHEST_VERSION, VotersRecord::read));
    }

    private static Arguments of(String name, short highest, Reader reader) {
        return Arguments.of(name, highest, reader);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void dataMessagesAreReadAndWrittenAsKafkaDoes(String name, short highest, Reader reader)
            throws ReflectiveOperationException {
        Specification specification = Specification.named(name);
        Class<?> type = Class.forName("org.apache.kafka.common.message." + name);
        for (short version = 0; version <= highest; version++) {
            for (int seed = 0; seed < MESSAGES_PER_VERSION; seed++) {
                byte[] bytes = RandomMessageBytes.of(specification, version, seed);
                Object created = type.getConstructor().newInstance();
                var kafka = KafkaMessages.read((org.apache.kafka.common.protocol.Message) created, bytes, version);

                Message message = reader.read(new WireReader(ByteBuffer.wrap(bytes)), version);
                WireWriter writer = new WireWriter();
                message.write(writer, version);

                KafkaMessages.assertSameFields(name, (Record) message, kafka);
                assertThat(KafkaMessages.bytesOf(writer.toByteBuffer())).isEqualTo(bytes);
                assertThat(KafkaMessages.write(kafka, version)).isEqualTo(bytes);
            }
        }
    }

    @FunctionalInterface
    interface Reader {
        Message read(WireReader reader, short version);
    }
}
