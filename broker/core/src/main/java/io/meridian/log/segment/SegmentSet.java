package io.meridian.log.segment;

import io.meridian.base.Invariant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The segments of one log by base offset. Never empty; the last one takes the appends.
public final class SegmentSet {
    private final List<Segment> segments = new ArrayList<>(1);

    public SegmentSet(List<Segment> found) {
        Invariant.check(!found.isEmpty(), "a log has a segment");
        found.forEach(this::add);
    }

    public void add(Segment segment) {
        Invariant.check(
                segments.isEmpty() || segments.getLast().baseOffset() < segment.baseOffset(), "base offsets rise");
        segments.add(segment);
    }

    /// Whether a segment, not the last, lies wholly below `offset`.
    public boolean isAnyBelow(long offset) {
        return segments.size() > 1 && segments.get(1).baseOffset() <= offset;
    }

    /// Takes out the segments that lie wholly below `offset`, never the last one.
    public List<Segment> removeBelow(long offset) {
        int count = 0;
        while (count + 1 < segments.size() && segments.get(count + 1).baseOffset() <= offset) {
            count++;
        }
        List<Segment> below = segments.subList(0, count);
        List<Segment> removed = List.copyOf(below);
        below.clear();
        return removed;
    }

    public Segment active() {
        return segments.getLast();
    }

    /// The segment that would hold `offset`: the last one that does not begin above it; null below the first.
    public @Nullable Segment floor(long offset) {
        int slot = floorSlot(offset);
        return slot < 0 ? null : segments.get(slot);
    }

    private int floorSlot(long offset) {
        if (active().baseOffset() <= offset) {
            return segments.size() - 1;
        }
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).baseOffset() <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /// The segment behind `segment`; null for the last.
    public @Nullable Segment after(Segment segment) {
        int next = floorSlot(segment.baseOffset()) + 1;
        return next < segments.size() ? segments.get(next) : null;
    }

    /// All segments, oldest first; a view.
    public List<Segment> all() {
        return segments;
    }

    public int count() {
        return segments.size();
    }

    public long sizeBytes() {
        long sum = 0;
        for (Segment segment : segments) {
            sum += segment.writtenBytes();
        }
        return sum;
    }
}
