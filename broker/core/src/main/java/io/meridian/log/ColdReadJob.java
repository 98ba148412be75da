package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.segment.ColdReadResult;
import io.meridian.log.segment.ColdReader;
import io.meridian.log.segment.IndexBuilder;
import io.meridian.log.segment.Segment;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import org.jspecify.annotations.Nullable;

/// Makes a range of a segment servable, or learns why it never will be. A device that failed to read says nothing
/// about the bytes: the range stays cold, and whoever reads next tries again.
final class ColdReadJob extends StorageJob {
    private final Segment segment;
    private final ColdReader reader;
    private @Nullable ColdReadResult result;

    ColdReadJob(
            LogStorage storage,
            String directory,
            Segment segment,
            long targetOffset,
            int wantedBytes,
            boolean allowsGaps,
            int indexIntervalBytes) {
        this.segment = segment;
        segment.used();
        IndexBuilder indexes = segment.indexes();
        this.reader = new ColdReader(
                storage,
                directory,
                segment.file(),
                segment.baseOffset(),
                segment.endOffset(),
                segment.writtenBytes(),
                indexes == null ? -1 : indexes.offsets().positionFloor(targetOffset),
                targetOffset,
                wantedBytes,
                allowsGaps,
                indexIntervalBytes);
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        result = reader.read();
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        segment.unused();
        ColdReadResult found = result;
        if (fault == null && found != null) {
            segment.learned(found);
        } else if (fault != null && fault.kind() == StorageFault.Kind.CORRUPT) {
            long from = Math.max(0, reader.from());
            segment.learned(
                    new ColdReadResult(from, from, String.valueOf(fault.getMessage()), reader.limit(), null, 0));
        }
    }
}
