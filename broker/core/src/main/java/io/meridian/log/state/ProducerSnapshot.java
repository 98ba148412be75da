package io.meridian.log.state;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Producer states as a file: Kafka's snapshot of version 1, which holds the last batch of each producer, followed
/// by a section of our own with the batches before it and whether anybody is missing, so that a retry of any of five
/// batches in flight is still recognised
/// after a restart. Kafka ignores what follows its array; the CRC covers everything.
public final class ProducerSnapshot {
    private static final short VERSION = 1;
    private static final int CRC_OFFSET = 2;
    private static final int CRC_END = 6;
    private static final int HEADER_BYTES = 10;
    private static final int ENTRY_BYTES = 46;
    private static final int SECTION_MARK = 0x4D524431;
    private static final int SECTION_HEADER_BYTES = 9;
    private static final int BATCH_BYTES = 32;
    private static final int SECTION_ENTRY_BYTES = 9;

    private ProducerSnapshot() {}

    public static ByteBuffer encode(ProducerStates states) {
        int extra = 0;
        int producers = 0;
        for (Iterator<Map.Entry<Long, ProducerEntry>> all = states.entries(); all.hasNext(); ) {
            extra += Math.max(0, all.next().getValue().batches().size() - 1);
            producers++;
        }
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES
                + producers * (ENTRY_BYTES + SECTION_ENTRY_BYTES)
                + SECTION_HEADER_BYTES
                + extra * BATCH_BYTES);
        file.putShort(VERSION).putInt(0).putInt(producers);
        for (Iterator<Map.Entry<Long, ProducerEntry>> all = states.entries(); all.hasNext(); ) {
            Map.Entry<Long, ProducerEntry> next = all.next();
            putLast(file, next.getKey(), next.getValue());
        }
        file.putInt(SECTION_MARK).putInt(producers).put((byte) (states.isComplete() ? 1 : 0));
        for (Iterator<Map.Entry<Long, ProducerEntry>> all = states.entries(); all.hasNext(); ) {
            Map.Entry<Long, ProducerEntry> next = all.next();
            putEarlier(file, next.getKey(), next.getValue());
        }
        file.flip();
        file.putInt(CRC_OFFSET, crc(file));
        return file;
    }

    private static void putLast(ByteBuffer file, long producerId, ProducerEntry entry) {
        ProducerBatch last = entry.last();
        file.putLong(producerId).putShort(entry.epoch());
        if (last == null) {
            file.putInt(-1).putLong(-1L).putInt(0).putLong(-1L);
        } else {
            file.putInt(last.lastSequence())
                    .putLong(last.lastOffset())
                    .putInt((int) (last.lastOffset() - last.baseOffset()))
                    .putLong(last.timestampMs());
        }
        file.putInt(-1).putLong(-1L);
    }

    private static void putEarlier(ByteBuffer file, long producerId, ProducerEntry entry) {
        int count = Math.max(0, entry.batches().size() - 1);
        file.putLong(producerId).put((byte) count);
        for (int index = 0; index < count; index++) {
            ProducerBatch batch = entry.batches().get(index);
            file.putInt(batch.firstSequence())
                    .putInt(batch.lastSequence())
                    .putLong(batch.baseOffset())
                    .putLong(batch.lastOffset())
                    .putLong(batch.timestampMs());
        }
    }

    private static int crc(ByteBuffer file) {
        CRC32C crc = new CRC32C();
        crc.update(file.duplicate().position(CRC_END));
        return (int) crc.getValue();
    }

    /// The states in the remaining bytes of `file`; null when they are not a snapshot whose CRC is right.
    ///
    /// @param nowMs when the producers count as heard of
    public static @Nullable ProducerStates decode(ByteBuffer file, long nowMs) {
        ByteBuffer source = file.slice();
        if (source.remaining() < HEADER_BYTES
                || source.getShort() != VERSION
                || source.getInt() != crc(source.duplicate().position(0))) {
            return null;
        }
        int count = source.getInt();
        if (count < 0 || count > source.remaining() / ENTRY_BYTES) {
            return null;
        }
        int section = source.position() + count * ENTRY_BYTES;
        ByteBuffer earlier = source.duplicate().position(section);
        boolean hasSection = earlier.remaining() >= SECTION_HEADER_BYTES
                && earlier.getInt() == SECTION_MARK
                && earlier.getInt() == count;
        ProducerStates states = new ProducerStates(hasSection && earlier.get() == 1);
        for (int index = 0; index < count; index++) {
            long producerId = source.getLong();
            ProducerEntry entry = new ProducerEntry(source.getShort(), nowMs);
            hasSection = hasSection && readEarlier(earlier, producerId, entry);
            readLast(source, entry);
            states.restore(producerId, entry);
        }
        return states;
    }

    private static boolean readEarlier(ByteBuffer earlier, long producerId, ProducerEntry entry) {
        if (earlier.remaining() < SECTION_ENTRY_BYTES || earlier.getLong() != producerId) {
            return false;
        }
        int count = earlier.get();
        if (count < 0 || count >= ProducerStates.BATCHES_KEPT || earlier.remaining() < count * BATCH_BYTES) {
            return false;
        }
        for (int index = 0; index < count; index++) {
            entry.add(new ProducerBatch(
                    entry.epoch(),
                    earlier.getInt(),
                    earlier.getInt(),
                    earlier.getLong(),
                    earlier.getLong(),
                    earlier.getLong()));
        }
        return true;
    }

    private static void readLast(ByteBuffer source, ProducerEntry entry) {
        int lastSequence = source.getInt();
        long lastOffset = source.getLong();
        int offsetDelta = source.getInt();
        long timestampMs = source.getLong();
        source.getInt();
        source.getLong();
        if (lastSequence >= 0) {
            entry.add(new ProducerBatch(
                    entry.epoch(),
                    firstSequence(lastSequence, offsetDelta),
                    lastSequence,
                    lastOffset - offsetDelta,
                    lastOffset,
                    timestampMs));
        }
    }

    /// The sequence `offsetDelta` before `lastSequence`; before 0 comes [Integer#MAX_VALUE].
    private static int firstSequence(int lastSequence, int offsetDelta) {
        long first = (long) lastSequence - offsetDelta;
        return (int) (first >= 0 ? first : first + Integer.MAX_VALUE + 1L);
    }
}
