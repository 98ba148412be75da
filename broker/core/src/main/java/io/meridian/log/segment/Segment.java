package io.meridian.log.segment;

import io.meridian.base.Invariant;
import io.meridian.log.storage.SegmentFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One segment of a log: its file, what is written, where batches lie, which bytes are verified, hot or damaged.
///
/// Positions are below 2 GiB. Verified ranges begin and end at batches. The indexes of a segment that takes no more
/// batches may be dropped from memory and loaded again.
public final class Segment {
    /// Bytes that turned out not to be what was written.
    record Damage(long from, long to, String detail) {}

    private final long baseOffset;
    private final RecentBatches recent = new RecentBatches();
    private final ByteRanges verified = new ByteRanges();
    private final HotChunks hot;
    private final List<Damage> damages = new ArrayList<>(0);
    private @Nullable SegmentFile file;
    private @Nullable IndexBuilder indexes;
    private long writtenBytes;
    private long endOffset;
    private long firstTimestampMs;
    private long maxTimestampMs;
    private long maxTimestampOffset;
    private long appendedMs = Long.MAX_VALUE;
    private int uses;
    private boolean isIndexUsed;
    private boolean isSealed;

    /// A segment that is about to be created.
    public Segment(long baseOffset, ReadMemory memory) {
        this.baseOffset = baseOffset;
        this.endOffset = baseOffset;
        this.hot = new HotChunks(memory);
        this.indexes = new IndexBuilder(baseOffset);
        this.maxTimestampMs = -1;
        this.firstTimestampMs = -1;
        this.maxTimestampOffset = baseOffset;
    }

    /// A segment as recovery found it.
    public Segment(RecoveredSegment found, ReadMemory memory) {
        this.baseOffset = found.baseOffset();
        this.file = found.file();
        this.hot = new HotChunks(memory);
        this.indexes = found.indexes();
        this.writtenBytes = found.sizeBytes();
        this.endOffset = found.endOffset();
        this.firstTimestampMs = found.firstTimestampMs();
        this.maxTimestampMs = found.maxTimestampMs();
        this.maxTimestampOffset = found.maxTimestampOffset();
        this.isSealed = found.isSealed();
        found.verified().forEach(range -> {
            verified.add(range.from(), range.to());
            hot.touch(range.from(), range.to());
        });
    }

    public void created(SegmentFile createdFile) {
        Invariant.check(file == null, "a segment gets its file once");
        file = createdFile;
    }

    public boolean isCreated() {
        return file != null;
    }

    public SegmentFile file() {
        return Invariant.present(file, "the segment has no file yet");
    }

    /// Notes a batch that is now in the file.
    public void written(
            long batchBaseOffset,
            long lastOffset,
            long batchMaxTimestampMs,
            int position,
            int sizeBytes,
            int indexIntervalBytes) {
        Invariant.check(position == writtenBytes, "batches lie one behind the other", position, writtenBytes);
        IndexBuilder builder = Invariant.present(indexes, "the active segment keeps its indexes");
        builder.add(lastOffset, batchMaxTimestampMs, position, sizeBytes, indexIntervalBytes);
        if (writtenBytes == 0) {
            firstTimestampMs = batchMaxTimestampMs;
        }
        maxTimestampMs = builder.maxTimestampMs();
        maxTimestampOffset = builder.maxTimestampOffset();
        recent.add(batchBaseOffset, lastOffset, position, sizeBytes);
        writtenBytes += sizeBytes;
        endOffset = lastOffset + 1;
        verified.add(position, writtenBytes);
        hot.touch(position, writtenBytes);
    }

    /// Takes over what a job read: verified bytes, damage, indexes.
    public void learned(ColdReadResult result) {
        IndexBuilder better = result.indexes();
        if (better != null) {
            if (indexes != null) {
                better.adoptFrom(indexes, result.indexedEnd());
            }
            indexes = better;
        }
        verified.add(result.from(), result.verifiedEnd());
        hot.broughtIn(result.from(), result.verifiedEnd());
        String detail = result.damage();
        if (detail != null) {
            damages.add(new Damage(result.verifiedEnd(), result.damageEnd(), detail));
        }
    }

    /// Why the bytes at `position` are not to be served; null when no damage is known there.
    public @Nullable String damageAt(long position) {
        for (Damage damage : damages) {
            if (damage.from() <= position && position < damage.to()) {
                return damage.detail();
            }
        }
        return null;
    }

    /// The position up to which bytes from `from` on may be served from memory, at most `to`.
    public long servableEnd(long from, long to) {
        long end = Math.min(to, verified.endFrom(from));
        return end <= from ? from : hot.endFrom(from, end);
    }

    /// Notes that the bytes were used.
    public void touch(long from, long to) {
        hot.touch(from, to);
    }

    /// The indexes; null when they were dropped.
    public @Nullable IndexBuilder indexes() {
        isIndexUsed = true;
        return indexes;
    }

    /// Drops the indexes of a sealed segment when nobody used them since the last call.
    public void dropUnusedIndexes() {
        if (isSealed && !isIndexUsed) {
            indexes = null;
        }
        isIndexUsed = false;
    }

    /// Its files are complete and durable: it takes no more batches.
    public void sealed() {
        isSealed = true;
    }

    public boolean isSealed() {
        return isSealed;
    }

    /// A job works on the file or on the files beside it; they stay until [#unused()].
    public void used() {
        uses++;
    }

    public void unused() {
        uses--;
        Invariant.check(uses >= 0, "a segment is given up once per use");
    }

    public boolean isUsed() {
        return uses > 0;
    }

    /// Notes the time of an append, or of the opening of the log: how old records are that have no timestamp.
    public void appendedAt(long wallMs) {
        appendedMs = wallMs;
    }

    /// How young the segment is: the largest timestamp, or the time of the last append when no record has one.
    public long newestMs() {
        return maxTimestampMs >= 0 ? maxTimestampMs : appendedMs;
    }

    RecentBatches recent() {
        return recent;
    }

    public long baseOffset() {
        return baseOffset;
    }

    /// Bytes in the file.
    public long writtenBytes() {
        return writtenBytes;
    }

    /// Behind the last offset in the file.
    public long endOffset() {
        return endOffset;
    }

    /// The maximum timestamp of the first batch, -1 when there is none.
    public long firstTimestampMs() {
        return firstTimestampMs;
    }

    /// The largest timestamp, -1 when there is none.
    public long maxTimestampMs() {
        return maxTimestampMs;
    }

    /// The last offset of the first batch with the largest timestamp.
    public long maxTimestampOffset() {
        return maxTimestampOffset;
    }
}
