package io.meridian.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The cursor has a short way for the usual shape of a record and a general one. Both must say what a reader says that
/// knows one way only.
class RecordCursorPropertyTest {
    private static final int BATCHES = 3_000;

    /// One record; sizes are -1 for null.
    private record Seen(
            int attributes, long timestampDelta, int offsetDelta, int keySize, int valueSize, int headers) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theCursorReadsWhatAPlainReaderReads(long seed) {
        SeededRandom random = new SeededRandom(seed);
        for (int round = 0; round < BATCHES; round++) {
            int count = random.nextInt(1, 6);
            byte[] records = records(random, count);
            if (random.chance(60)) {
                damage(random, records);
            }
            int told = random.chance(90) ? count : random.nextInt(0, 8);
            assertThat(byCursor(records, told))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(plainly(records, told));
        }
    }

    @Test
    void aKeyThatSeemsToEndBehindTheLargestPositionIsMalformed() {
        ByteBuffer record = ByteBuffer.allocate(40).put((byte) 60).put(new byte[] {0, 0, 0});
        record.put(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F})
                .rewind();
        assertThat(new RecordCursor(record, 1).next()).isEqualTo(RecordCursor.Step.MALFORMED);
    }

    private static byte[] records(SeededRandom random, int count) {
        ByteBuffer all = ByteBuffer.allocate(64 * 1024);
        for (int index = 0; index < count; index++) {
            ByteBuffer record = ByteBuffer.allocate(16 * 1024);
            record.put((byte) (random.chance(95) ? 0 : random.nextInt(256)));
            putVarlong(record, random.chance(80) ? random.nextInt(10_000) : random.nextLong());
            putVarlong(record, random.chance(95) ? index : random.nextInt());
            putBytes(record, random.chance(50) ? -1 : random.nextInt(0, random.chance(90) ? 40 : 3_000));
            putBytes(record, random.chance(10) ? -1 : random.nextInt(0, random.chance(80) ? 200 : 9_000));
            int headers = random.chance(80) ? 0 : random.nextInt(1, 4);
            putVarlong(record, headers);
            for (int header = 0; header < headers; header++) {
                putBytes(record, random.nextInt(0, 10));
                putBytes(record, random.nextInt(-1, 10));
            }
            putVarlong(all, record.position());
            all.put(record.flip());
        }
        byte[] bytes = new byte[all.position()];
        all.flip().get(bytes);
        return bytes;
    }

    /// Mostly where the numbers are: at the beginning.
    private static void damage(SeededRandom random, byte[] records) {
        int at = random.nextInt(random.chance(70) ? Math.min(16, records.length) : records.length);
        records[at] = (byte) (random.chance(50) ? random.nextInt(256) : records[at] ^ (1 << random.nextInt(8)));
    }

    private static void putBytes(ByteBuffer into, int size) {
        putVarlong(into, size);
        into.position(into.position() + Math.max(0, size));
    }

    private static void putVarlong(ByteBuffer into, long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            into.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        into.put((byte) rest);
    }

    /// What was seen, and null at the end of a malformed sequence.
    private static List<Object> byCursor(byte[] records, int count) {
        List<Object> seen = new ArrayList<>();
        RecordCursor cursor = new RecordCursor(ByteBuffer.wrap(records), count);
        RecordCursor.Step step = cursor.next();
        while (step == RecordCursor.Step.RECORD) {
            ByteBuffer key = cursor.key();
            ByteBuffer value = cursor.value();
            seen.add(new Seen(
                    cursor.attributes(),
                    cursor.timestampDelta(),
                    cursor.offsetDelta(),
                    key == null ? -1 : key.remaining(),
                    value == null ? -1 : value.remaining(),
                    cursor.headerCount()));
            step = cursor.next();
        }
        seen.add(step);
        return seen;
    }

    private static List<Object> plainly(byte[] records, int count) {
        List<Object> seen = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(records);
        try {
            for (int index = 0; index < count; index++) {
                int length = readInt(all);
                ByteBuffer record = all.slice(all.position(), checked(length, 0, all.remaining()));
                all.position(all.position() + length);
                seen.add(read(record));
            }
        } catch (BufferUnderflowException malformed) {
            seen.add(RecordCursor.Step.MALFORMED);
            return seen;
        }
        seen.add(all.hasRemaining() ? RecordCursor.Step.MALFORMED : RecordCursor.Step.END);
        return seen;
    }

    private static Seen read(ByteBuffer record) {
        int attributes = record.get();
        long timestampDelta = readLong(record);
        int offsetDelta = readInt(record);
        int keySize = skip(record, -1);
        int valueSize = skip(record, -1);
        int headers = checked(readInt(record), 0, record.remaining());
        for (int header = 0; header < headers; header++) {
            skip(record, 0);
            skip(record, -1);
        }
        checked(record.remaining(), 0, 0);
        return new Seen(attributes, timestampDelta, offsetDelta, keySize, valueSize, headers);
    }

    private static int skip(ByteBuffer record, int sizeMin) {
        int size = checked(readInt(record), sizeMin, record.remaining());
        record.position(record.position() + Math.max(0, size));
        return size;
    }

    private static int checked(int value, int min, int max) {
        if (value < min || value > max) {
            throw new BufferUnderflowException();
        }
        return value;
    }

    private static int readInt(ByteBuffer from) {
        long value = readNumber(from, 5);
        return value == (int) value ? (int) value : checked(1, 0, 0);
    }

    private static long readLong(ByteBuffer from) {
        return readNumber(from, 10);
    }

    private static long readNumber(ByteBuffer from, int bytesMax) {
        long raw = 0;
        for (int index = 0; index < bytesMax; index++) {
            byte next = from.get();
            raw |= (long) (next & 0x7F) << (7 * index);
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new BufferUnderflowException();
    }
}
