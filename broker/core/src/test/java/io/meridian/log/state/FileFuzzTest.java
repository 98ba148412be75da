package io.meridian.log.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import io.meridian.base.SeededRandom;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.testing.FileTargets;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The small files of a data directory, damaged: read, refused by value, or a typed fault; and cheap.
class FileFuzzTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 3_000;
    private static final int HEAP_PER_BYTE = 64;
    private static final int HEAP_ALWAYS = 64 << 10;
    private static final List<String> TEXTS = List.of(
            "0\n2\norders 0 5\norders 1 9223372036854775807\n",
            "0\n1\n0 0\n",
            "0\n2147483647\n0 0\n",
            "0\n-1\n",
            "version=1\ncluster.id=abc\nnode.id=1\ndirectory.id=x\n",
            "version: 0\ntopic_id: AAAAAAAAAAAAAAAAAAAAAg\n",
            "{\"version\":0,\"brokerEpoch\":99999999999999999999}",
            "");

    @ParameterizedTest
    @EnumSource
    void aDamagedFileIsReadOrRefused(FileTargets target) {
        SeededRandom random = new SeededRandom(target.name().length());
        long end = System.nanoTime()
                + TimeUnit.SECONDS.toNanos(Long.getLong("meridian.fuzz.seconds", 0L)) / FileTargets.values().length;
        for (int round = 0; round < ROUNDS || System.nanoTime() < end; round++) {
            byte[] content = content(random);
            String what = target + " round " + round;
            assertThatCode(() -> feed(target, content)).as(what).doesNotThrowAnyException();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            feed(target, content);
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                    .as(what)
                    .isLessThanOrEqualTo(HEAP_ALWAYS + (long) HEAP_PER_BYTE * content.length);
        }
    }

    private static void feed(FileTargets target, byte[] content) {
        try {
            target.feed(content);
        } catch (StorageFault fault) {
            assertThat(fault.kind()).isEqualTo(StorageFault.Kind.CORRUPT);
        }
    }

    private static byte[] content(SeededRandom random) {
        byte[] bytes = switch (random.nextInt(4)) {
            case 0 -> snapshot(random);
            case 1 -> index(random);
            case 2 -> new byte[random.nextInt(2_000)];
            default -> TEXTS.get(random.nextInt(TEXTS.size())).getBytes(StandardCharsets.UTF_8);
        };
        for (int damages = random.nextInt(4); damages > 0 && bytes.length > 0; damages--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(100));
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) random.nextInt());
                case 3 -> bytes[at] = (byte) "0123456789-\n =:".charAt(random.nextInt(15));
                default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }

    private static byte[] snapshot(SeededRandom random) {
        ProducerStates states = new ProducerStates(true);
        for (int producer = random.nextInt(5); producer > 0; producer--) {
            states.restore(producer, new ProducerEntry((short) random.nextInt(3), 0));
        }
        ByteBuffer file = ProducerSnapshot.encode(states);
        byte[] bytes = new byte[file.remaining()];
        file.get(bytes);
        return bytes;
    }

    private static byte[] index(SeededRandom random) {
        ByteBuffer entries = ByteBuffer.allocate(24 * 20);
        int value = 0;
        while (entries.hasRemaining()) {
            value += random.nextInt(500);
            entries.putInt(value);
        }
        return entries.array();
    }
}
