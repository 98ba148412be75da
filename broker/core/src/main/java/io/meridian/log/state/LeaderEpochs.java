package io.meridian.log.state;

import io.meridian.base.Invariant;
import java.util.ArrayList;
import java.util.List;

/// The reigns that wrote a log: at which offset each leader epoch began. Epochs and offsets rise from entry to
/// entry.
public final class LeaderEpochs {
    /// The first offset written in an epoch.
    public record Entry(int leaderEpoch, long startOffset) {}

    private final List<Entry> entries = new ArrayList<>(1);

    public LeaderEpochs() {}

    public LeaderEpochs(List<Entry> entries) {
        for (Entry entry : entries) {
            Invariant.check(isAboveAll(entry), "leader epochs rise");
            this.entries.add(entry);
        }
    }

    private boolean isAboveAll(Entry entry) {
        return entries.isEmpty()
                || (entry.leaderEpoch() > entries.getLast().leaderEpoch()
                        && entry.startOffset() > entries.getLast().startOffset());
    }

    /// True when `entries` could have been written by a log.
    public static boolean isValid(List<Entry> entries) {
        Entry before = new Entry(-1, -1);
        for (Entry entry : entries) {
            if (entry.leaderEpoch() <= before.leaderEpoch() || entry.startOffset() <= before.startOffset()) {
                return false;
            }
            before = entry;
        }
        return true;
    }

    /// Notes that `leaderEpoch` writes at `startOffset`; true when that is news. An epoch that never wrote gives its
    /// place to the next one.
    public boolean assign(int leaderEpoch, long startOffset) {
        if (leaderEpoch < 0 || leaderEpoch <= latest()) {
            return false;
        }
        while (!entries.isEmpty() && entries.getLast().startOffset() >= startOffset) {
            entries.removeLast();
        }
        entries.add(new Entry(leaderEpoch, startOffset));
        return true;
    }

    /// The newest epoch, -1 when there is none.
    public int latest() {
        return entries.isEmpty() ? -1 : entries.getLast().leaderEpoch();
    }

    /// The largest known epoch that is not above `leaderEpoch`: -1 when there is none, or when `leaderEpoch` is
    /// newer than everything known. An epoch older than the first entry is answered with itself.
    public int epochFor(int leaderEpoch) {
        if (leaderEpoch < 0 || leaderEpoch > latest()) {
            return -1;
        }
        int floor = floorSlot(leaderEpoch);
        return floor < 0 ? leaderEpoch : entries.get(floor).leaderEpoch();
    }

    /// Where the first epoch above `leaderEpoch` began; `logEndOffset` when there is none; -1 when `leaderEpoch` is
    /// newer than everything known.
    public long endOffsetFor(int leaderEpoch, long logEndOffset) {
        if (leaderEpoch < 0 || leaderEpoch > latest()) {
            return -1;
        }
        int next = floorSlot(leaderEpoch) + 1;
        return next < entries.size() ? entries.get(next).startOffset() : logEndOffset;
    }

    /// The epoch that wrote `offset`, -1 when it is unknown.
    public int epochAt(long offset) {
        for (int slot = entries.size() - 1; slot >= 0; slot--) {
            if (entries.get(slot).startOffset() <= offset) {
                return entries.get(slot).leaderEpoch();
            }
        }
        return -1;
    }

    private int floorSlot(int leaderEpoch) {
        int slot = entries.size() - 1;
        while (slot >= 0 && entries.get(slot).leaderEpoch() > leaderEpoch) {
            slot--;
        }
        return slot;
    }

    /// Forgets the epochs that begin at or above `endOffset`.
    public void truncateTo(long endOffset) {
        while (!entries.isEmpty() && entries.getLast().startOffset() >= endOffset) {
            entries.removeLast();
        }
    }

    /// Forgets the epochs that end at or below `startOffset`; the oldest one left begins there at the earliest.
    public void forgetBelow(long startOffset) {
        while (entries.size() > 1 && entries.get(1).startOffset() <= startOffset) {
            entries.removeFirst();
        }
        if (!entries.isEmpty() && entries.getFirst().startOffset() < startOffset) {
            entries.set(0, new Entry(entries.getFirst().leaderEpoch(), startOffset));
        }
    }

    /// The entries, oldest first, as a list of their own.
    public List<Entry> entries() {
        return List.copyOf(entries);
    }
}
