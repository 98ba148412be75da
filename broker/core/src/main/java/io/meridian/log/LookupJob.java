package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.segment.Segment;
import io.meridian.log.segment.SegmentSet;
import io.meridian.log.segment.TimestampSearch;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers a question about timestamps on a disk thread, from what was written when it was asked.
final class LookupJob extends StorageJob {
    private final TimestampSearch search;
    private final Consumer<LookupOutcome> whenDone;
    private final List<Segment> searched = new ArrayList<>();
    private TimestampSearch.@Nullable Result result;

    LookupJob(
            LogStorage storage,
            String directory,
            SegmentSet segments,
            OffsetLookup what,
            long logStartOffset,
            long boundOffset,
            Consumer<LookupOutcome> whenDone) {
        this.whenDone = whenDone;
        long timestampMs = switch (what) {
            case OffsetLookup.AtOrAfter atOrAfter -> atOrAfter.timestampMs();
            case OffsetLookup.MaxTimestamp ignored -> maxTimestamp(segments);
        };
        this.search = new TimestampSearch(storage, directory, timestampMs, logStartOffset, boundOffset);
        boolean hasTimestamps = !(what instanceof OffsetLookup.MaxTimestamp) || timestampMs >= 0;
        for (Segment segment : segments.all()) {
            if (hasTimestamps && segment.writtenBytes() > 0 && segment.maxTimestampMs() >= timestampMs) {
                search.add(segment);
                segment.used();
                searched.add(segment);
            }
        }
    }

    private static long maxTimestamp(SegmentSet segments) {
        long max = -1;
        for (Segment segment : segments.all()) {
            max = Math.max(max, segment.maxTimestampMs());
        }
        return max;
    }

    @Override
    public Lane lane() {
        return Lane.DISK;
    }

    @Override
    public void run() throws StorageFault {
        result = search.run();
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        searched.forEach(Segment::unused);
        TimestampSearch.Result found = result;
        if (fault != null || found == null) {
            whenDone.accept(new LookupOutcome.Failed(fault == null ? "not run" : String.valueOf(fault.getMessage())));
        } else if (found.offset() < 0) {
            whenDone.accept(new LookupOutcome.NotFound());
        } else {
            whenDone.accept(new LookupOutcome.Found(found.timestampMs(), found.offset(), found.leaderEpoch()));
        }
    }
}
