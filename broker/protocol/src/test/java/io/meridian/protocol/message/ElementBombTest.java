package io.meridian.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.testing.Allocation;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Lists of the smallest elements in every list of every version of every request and response: what they take on
/// the heap is bounded by the frame, measured and not estimated, whether they are read or refused.
class ElementBombTest {
    private static final long TIME_PER_MIB_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int SHORT_FRAME_BYTES = 64 * 1_024;

    @ParameterizedTest
    @EnumSource
    void aListOfTheSmallestElementsTakesNoMoreThanItsFrameJustifies(ElementBombs.Filling filling) {
        for (ApiKey apiKey : ApiKey.values()) {
            if (apiKey.hasVersions()) {
                everyVersion(apiKey, "Request", filling, MessageTypes::readRequest);
                everyVersion(apiKey, "Response", filling, MessageTypes::readResponse);
            }
        }
    }

    private static void everyVersion(ApiKey apiKey, String kind, ElementBombs.Filling filling, Reader reader) {
        Specification specification = Specification.named(apiKey.apiName() + kind);
        for (short version = MessageTypes.lowestVersion(apiKey.number());
                version <= MessageTypes.highestVersion(apiKey.number());
                version++) {
            int list = -1;
            for (byte[] bomb : ElementBombs.of(specification, version, filling)) {
                String what = apiKey + " " + kind + " version " + version + " list " + list + " of " + bomb.length;
                explode(what, apiKey, version, bomb, reader);
                list++;
            }
        }
    }

    private static void explode(String what, ApiKey apiKey, short version, byte[] bomb, Reader reader) {
        long allocated = Long.MAX_VALUE;
        long elapsedNs = Long.MAX_VALUE;
        // The first time, classes are loaded; a slow time may be somebody else's.
        for (int round = 0; round < 3; round++) {
            long before = System.nanoTime();
            allocated = Math.min(allocated, Allocation.bytesOf(() -> readOrRefuse(apiKey, version, bomb, reader)));
            elapsedNs = Math.min(elapsedNs, System.nanoTime() - before);
        }
        assertThat(allocated).as(what).isLessThanOrEqualTo(Allocation.allowed(bomb.length));
        assertThat(elapsedNs).as(what).isLessThanOrEqualTo(allowedNs(bomb.length));
    }

    private static long allowedNs(int frameBytes) {
        return TIME_PER_MIB_NS * Math.max(frameBytes, SHORT_FRAME_BYTES) / (1 << 20);
    }

    private static void readOrRefuse(ApiKey apiKey, short version, byte[] bytes, Reader reader) {
        try {
            reader.read(apiKey.number(), new WireReader(ByteBuffer.wrap(bytes)), version);
        } catch (WireFormatException _) {
            // A refusal is as good; what counts is what it cost.
        }
    }

    @Test
    void nineThousandTopicsWithOrdinaryNamesAreRead() {
        List<MetadataRequest.MetadataRequestTopic> names = IntStream.range(0, 9_000)
                .mapToObj(i -> MetadataRequest.MetadataRequestTopic.DEFAULT.withName("topic-" + i))
                .toList();
        WireWriter writer = new WireWriter();
        MetadataRequest.DEFAULT.withTopics(names).write(writer, (short) 9);

        MetadataRequest read = MetadataRequest.read(new WireReader(writer.toByteBuffer()), (short) 9);

        assertThat(read.topics()).isEqualTo(names);
    }

    @FunctionalInterface
    private interface Reader {
        Object read(short apiKey, WireReader reader, short version);
    }
}
