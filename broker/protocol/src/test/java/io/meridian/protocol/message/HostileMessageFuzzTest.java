package io.meridian.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.protocol.testing.Allocation;
import io.meridian.protocol.testing.LongMode;
import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Valid messages of every version of every request and response, bent in one place: a count, a length, a presence, a
/// section of tagged fields, an element repeated 4,000 times, the end cut or moved, the version one off.
///
/// A message or a [WireFormatException], nothing else, comes of it; within what the frame justifies in memory and
/// time; what was read is written and read again as the same; and it is read, or refused, as Kafka's own classes do,
/// but for the differences listed in [#STRICTER]. `-Dmeridian.fuzz.seconds=600` goes on with other seeds.
class HostileMessageFuzzTest {
    private static final int MESSAGES_PER_VERSION = 2;
    private static final int BENDS_PER_MESSAGE = 12;

    /// Above it Kafka is not asked: its collections take seconds for 4,000 equal keys.
    private static final int COMPARED_BYTES_MAX = 8 * 1_024;
    private static final long TIME_ALWAYS_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long TIME_PER_MIB_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /// What we refuse and Kafka reads, each with its reason.
    private static final List<Difference> STRICTER = List.of(
            new Difference(" elements$", "more elements than any client names; Kafka allocates what it is told"),
            new Difference("allowed less than 2\\^31", "the same in the compact form"),
            new Difference("found a length of -", "only -1 is null; Kafka takes any negative length for it"),
            new Difference("found a presence of ", "1 and -1 are what the protocol says; Kafka looks at the sign"),
            new Difference("found a varint of more than 32 bits", "Kafka drops the bits that do not fit"),
            new Difference("tagged fields, allowed 0 to 64", "unknown fields are data that nobody asked for"),
            new Difference("unknown tagged fields of more than ", "the same, in bytes"),
            new Difference(
                    "allowed a tag above ", "tags ascend (KIP-482); Kafka takes any order and the last of equals"),
            new Difference("found a tagged field of [0-9]+ bytes, allowed 0 to", "the same"),
            new Difference("found a tagged field that ends here", "a value has the size it says; Kafka does not look"),
            new Difference("found bytes that are not UTF-8", "Kafka replaces them by question marks"),
            new Difference("found a message that grows in memory", "memory is bounded by the frame"));

    /// What Kafka refuses and we read, with its reason.
    private static final List<Difference> MORE_LENIENT = List.of(new Difference(
            "Tag [0-9]+ is not valid for version ", "a tag of another version is one that nobody knows"));

    private record Difference(String message, String reason) {}

    @TestFactory
    Stream<DynamicTest> bentRequestsAreReadOrRefused() {
        return apis().map(api -> DynamicTest.dynamicTest(
                api + " request", () -> everyVersion(api, "Request", api::newRequest, MessageTypes::readRequest)));
    }

    @TestFactory
    Stream<DynamicTest> bentResponsesAreReadOrRefused() {
        return apis().map(api -> DynamicTest.dynamicTest(
                api + " response", () -> everyVersion(api, "Response", api::newResponse, MessageTypes::readResponse)));
    }

    private static Stream<ApiMessageType> apis() {
        return Arrays.stream(ApiMessageType.values()).filter(api -> api.highestSupportedVersion(true) >= 0);
    }

    private static void everyVersion(ApiMessageType api, String kind, KafkaMessage kafkas, Reader ours)
            throws ReflectiveOperationException {
        Specification specification = Specification.named(api.name + kind);
        long started = System.nanoTime();
        long round = 0;
        do {
            for (short version = api.lowestSupportedVersion();
                    version <= api.highestSupportedVersion(true);
                    version++) {
                Codec codec = new Codec(api, version, kafkas, ours);
                for (int i = 0; i < MESSAGES_PER_VERSION; i++) {
                    long seed = 7_000_003L * round + 1_000_003L * api.apiKey() + 1_009L * version + i;
                    bend(specification, codec, seed);
                }
            }
            round++;
        } while (System.nanoTime() - started < LongMode.nanosOf(2 * ApiMessageType.values().length));
    }

    private static void bend(Specification specification, Codec codec, long seed) throws ReflectiveOperationException {
        Hostility counting = Hostility.none();
        byte[] valid = RandomMessageBytes.bent(specification, codec.version(), seed, counting);
        SeededRandom random = new SeededRandom(seed);
        codec.check("seed " + seed, valid);
        for (int i = 0; i < BENDS_PER_MESSAGE; i++) {
            int place = random.nextInt(Math.max(1, counting.places()));
            long bend = random.nextLong();
            byte[] bent = RandomMessageBytes.bent(specification, codec.version(), seed, Hostility.at(place, bend));
            String what = "seed " + seed + " place " + place + " bend " + bend;
            codec.check(what, bent);
            if (i % 4 == 0) {
                codec.check(what + " cut", Arrays.copyOf(bent, random.nextInt(bent.length + 1)));
                codec.check(what + " continued", Arrays.copyOf(bent, bent.length + 1 + random.nextInt(8)));
                codec.oneVersionOff(random.nextBoolean()).check(what + " as another version", bent);
            }
        }
    }

    /// One version of one message, ours and Kafka's.
    private record Codec(ApiMessageType api, short version, KafkaMessage kafkas, Reader ours) {
        Codec oneVersionOff(boolean up) {
            int other = version + (up ? 1 : -1);
            boolean exists = other >= api.lowestSupportedVersion() && other <= api.highestSupportedVersion(true);
            return new Codec(api, exists ? (short) other : version, kafkas, ours);
        }

        void check(String bend, byte[] bytes) throws ReflectiveOperationException {
            String what = api + " version " + version + " " + bend;
            Decoded first = decode(bytes);
            // What was allocated to load classes is not the message's: the second reading does not repeat it.
            Decoded second = first.allocated() <= Allocation.allowed(bytes.length) ? first : decode(bytes);
            assertThat(second.allocated()).as(what).isLessThanOrEqualTo(Allocation.allowed(bytes.length));
            assertThat(Math.min(first.elapsedNs(), second.elapsedNs()))
                    .as(what)
                    .isLessThanOrEqualTo(TIME_ALWAYS_NS + TIME_PER_MIB_NS * bytes.length / (1 << 20));
            Message message = first.message();
            if (bytes.length > COMPARED_BYTES_MAX) {
                return;
            }
            String[] kafkasRefusal = {""};
            ApiMessage kafka = readByKafka(bytes, kafkasRefusal);
            if (message == null) {
                assertThat(kafka == null || isListed(STRICTER, first.refusal()))
                        .as("%s: refused for '%s', Kafka reads it", what, first.refusal())
                        .isTrue();
            } else {
                assertThat(kafka != null || isListed(MORE_LENIENT, kafkasRefusal[0]))
                        .as("%s: Kafka refuses it: %s", what, kafkasRefusal[0])
                        .isTrue();
                if (kafka != null) {
                    KafkaMessages.assertSameFields(what, (Record) message, kafka);
                }
                assertThat(again(message)).as(what).isEqualTo(message);
            }
        }

        private Decoded decode(byte[] bytes) {
            Message[] message = new Message[1];
            String[] refusal = {""};
            long before = System.nanoTime();
            long allocated = Allocation.bytesOf(() -> {
                try {
                    message[0] = ours.read(api.apiKey(), new WireReader(ByteBuffer.wrap(bytes)), version);
                } catch (WireFormatException refused) {
                    refusal[0] = String.valueOf(refused.getMessage());
                }
            });
            return new Decoded(message[0], refusal[0], allocated, System.nanoTime() - before);
        }

        private Message again(Message message) {
            WireWriter writer = new WireWriter();
            message.write(writer, version);
            return ours.read(api.apiKey(), new WireReader(writer.toByteBuffer()), version);
        }

        private @Nullable ApiMessage readByKafka(byte[] bytes, String[] refusal) {
            try {
                return KafkaMessages.read(kafkas.create(), bytes, version);
            } catch (RuntimeException refused) {
                refusal[0] = refused.toString();
                return null;
            }
        }
    }

    private record Decoded(@Nullable Message message, String refusal, long allocated, long elapsedNs) {}

    private static boolean isListed(List<Difference> differences, String refusal) {
        return differences.stream().anyMatch(difference -> refusal.matches("(?s).*" + difference.message() + ".*"));
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
