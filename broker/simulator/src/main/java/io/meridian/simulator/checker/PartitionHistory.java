package io.meridian.simulator.checker;

import java.util.Arrays;

/// Everything clients were told about one partition of one topic incarnation, by offset.
///
/// A fact is *permanent* when no crash may take it back: records of a topic with synced acknowledgement that were
/// acknowledged to acks=all or served to a reader. Any other fact holds until the next power loss: a process kill
/// takes nothing that was written.
public final class PartitionHistory {
    private static final long UNKNOWN = -1;
    private static final int PERMANENT = Integer.MAX_VALUE;

    private final int number;
    private final String name;
    private final boolean isSynced;
    private final boolean expires;
    private long[] ids = new long[64];
    private int[] epochs = new int[64];
    /// Power losses before the fact was learned; Integer.MAX_VALUE makes it permanent.
    private int[] validIn = new int[64];
    private boolean[] readable = new boolean[64];
    private int end;
    private int powerLosses;
    private int leaderEpoch = -1;
    private boolean isLeaderEpochKnown;
    private int highestEpochSeen = -1;
    private long damagedFrom = Long.MAX_VALUE;
    private long committed;
    private long deletableEndOffset;
    private long logStartOffset;

    /// @param number unique in the run; part of the ids of its records
    /// @param isSynced whether the topic acknowledges after the sync
    /// @param expires whether the broker deletes records by itself
    PartitionHistory(int number, String name, boolean isSynced, boolean expires) {
        this.number = number;
        this.name = name;
        this.isSynced = isSynced;
        this.expires = expires;
        Arrays.fill(ids, UNKNOWN);
        Arrays.fill(epochs, -1);
    }

    public int number() {
        return number;
    }

    public boolean isSynced() {
        return isSynced;
    }

    boolean expires() {
        return expires;
    }

    /// Whether bytes of it were damaged on the device, so that it may be out of service for good.
    public boolean isDamaged() {
        return damagedFrom != Long.MAX_VALUE;
    }

    /// Whether the broker may have forgotten what idempotent producers wrote here.
    public boolean mayHaveLostAcknowledged() {
        return isDamaged() || (!isSynced && powerLosses > 0);
    }

    /// Somebody asks to delete everything before `offset`; it may happen whatever the answer.
    public void deletionAsked(long offset) {
        deletableEndOffset = Math.max(deletableEndOffset, offset);
    }

    /// A deletion of everything before `asked` was acknowledged with this low watermark.
    public void deleted(long asked, long lowWatermark, long knownBefore) {
        Violation.unless(
                lowWatermark >= asked, name + ": begins at " + lowWatermark + " after a deletion up to " + asked);
        checkLogStart(lowWatermark, knownBefore);
    }

    /// The log was said to begin at `start`. It never goes back, whatever happens, and it moves only over what may
    /// be deleted.
    ///
    /// @param knownBefore the start that was known when the question was sent
    public void checkLogStart(long start, long knownBefore) {
        Violation.unless(
                start >= knownBefore || isDamaged(),
                name + ": the log start offset goes back from " + knownBefore + " to " + start);
        Violation.unless(
                start == 0 || expires || start <= deletableEndOffset,
                name + ": the log begins at " + start + ", nobody asked to delete beyond " + deletableEndOffset);
        logStartOffset = Math.max(logStartOffset, start);
    }

    /// The highest log start offset that was told.
    public long logStartOffset() {
        return logStartOffset;
    }

    /// Whether records before some offset may be gone, told or not.
    public boolean mayHaveDeleted() {
        return expires || deletableEndOffset > 0;
    }

    /// Stored bytes were damaged at or after `offset`: facts from there on may be lost, never contradicted by
    /// others.
    public void damagedFrom(long offset) {
        damagedFrom = Math.min(damagedFrom, offset);
    }

    /// A produce was acknowledged: `count` records from `firstId` on have the offsets from `baseOffset` on.
    ///
    /// @param acksAll whether the producer asked to wait for the high watermark
    public void acknowledged(long firstId, int count, long baseOffset, boolean acksAll) {
        Violation.unless(baseOffset >= 0, name + ": acknowledged at offset " + baseOffset);
        for (int i = 0; i < count; i++) {
            learn(baseOffset + i, firstId + i, -1, acksAll, "acknowledged");
        }
        if (acksAll) {
            committed += count;
        }
    }

    /// A reader was served a record.
    public void read(long offset, long id, int epoch) {
        Violation.unless(
                ValueId.partition(id) == number,
                name + ": offset " + offset + " holds a record of another partition, " + ValueId.describe(id));
        Violation.unless(
                epoch <= leaderEpoch || !isLeaderEpochKnown,
                name + ": offset " + offset + " has leader epoch " + epoch + ", the leader is at " + leaderEpoch);
        highestEpochSeen = Math.max(highestEpochSeen, epoch);
        learn(offset, id, epoch, true, "read");
    }

    /// @param isReadable whether the high watermark must have been above it
    private void learn(long offset, long id, int epoch, boolean isReadable, String how) {
        int at = Math.toIntExact(offset);
        ensure(at + 1);
        long known = ids[at];
        boolean mayBeLost = validIn[at] < powerLosses || offset >= damagedFrom;
        if (known != UNKNOWN && known != id) {
            Violation.unless(
                    mayBeLost && (epoch < 0 || epochs[at] < 0 || epoch > epochs[at]),
                    name + ": offset " + offset + " was " + ValueId.describe(known) + " in epoch " + epochs[at]
                            + " and is now " + how + " as " + ValueId.describe(id) + " in epoch " + epoch);
        }
        if (known == id && epoch >= 0 && epochs[at] >= 0 && epochs[at] != epoch) {
            Violation.unless(
                    mayBeLost && epoch > epochs[at],
                    name + ": offset " + offset + " was in epoch " + epochs[at] + " and is now in epoch " + epoch);
        }
        if (mayBeLost) {
            epochs[at] = -1;
            validIn[at] = 0;
            readable[at] = false;
        }
        ids[at] = id;
        epochs[at] = epoch >= 0 ? epoch : epochs[at];
        validIn[at] = isReadable && isSynced ? PERMANENT : Math.max(validIn[at], powerLosses);
        readable[at] |= isReadable;
        end = Math.max(end, at + 1);
    }

    /// The high watermark is here or above: something below was served, or acknowledged to acks=all.
    public long readableEndOffset() {
        for (int at = (int) Math.min(end, damagedFrom) - 1; at >= 0; at--) {
            if (ids[at] != UNKNOWN && readable[at] && validIn[at] >= powerLosses) {
                return Math.max(logStartOffset, at + 1L);
            }
        }
        return logStartOffset;
    }

    /// The log ends here or above: as [#readableEndOffset()], and nothing that was written is gone without a power
    /// loss.
    public long survivingEndOffset() {
        for (int at = (int) Math.min(end, damagedFrom) - 1; at >= 0; at--) {
            if (ids[at] != UNKNOWN && validIn[at] >= powerLosses) {
                return Math.max(logStartOffset, at + 1L);
            }
        }
        return logStartOffset;
    }

    /// The leader told its epoch.
    public void checkLeaderEpoch(int epoch) {
        Violation.unless(
                isLeaderEpochKnown ? epoch == leaderEpoch : epoch > leaderEpoch,
                name + ": leader epoch " + epoch + " after " + leaderEpoch + " of "
                        + (isLeaderEpochKnown ? "the same start" : "an earlier start"));
        Violation.unless(
                epoch >= highestEpochSeen,
                name + ": leader epoch " + epoch + ", but records are of epoch " + highestEpochSeen);
        leaderEpoch = epoch;
        isLeaderEpochKnown = true;
    }

    /// The leader told where the reign `asked` and all before it end.
    public void checkEpochEnd(int asked, long endOffset) {
        for (int at = 0; at < Math.min(end, damagedFrom); at++) {
            if (ids[at] == UNKNOWN || epochs[at] < 0 || validIn[at] < powerLosses) {
                continue;
            }
            Violation.unless(
                    epochs[at] <= asked ? at < endOffset : at >= endOffset || mayHaveDeleted(),
                    name + ": epoch " + asked + " ends at " + endOffset + ", but offset " + at + " is of epoch "
                            + epochs[at]);
        }
    }

    /// The process ended; the next one must lead in a higher epoch.
    void processEnded(boolean withPower) {
        isLeaderEpochKnown = false;
        if (withPower) {
            powerLosses++;
        }
    }

    /// As it was told last, perhaps before the process started again.
    public int leaderEpoch() {
        return leaderEpoch;
    }

    /// Whether [#leaderEpoch()] was told since the process started.
    public boolean isLeaderEpochKnown() {
        return isLeaderEpochKnown;
    }

    /// Records acknowledged to acks=all, retries counted once each.
    long committed() {
        return committed;
    }

    @Override
    public String toString() {
        return name;
    }

    private void ensure(int needed) {
        if (needed > ids.length) {
            int from = ids.length;
            int to = Math.max(needed, from * 2);
            ids = Arrays.copyOf(ids, to);
            Arrays.fill(ids, from, to, UNKNOWN);
            epochs = Arrays.copyOf(epochs, to);
            Arrays.fill(epochs, from, to, -1);
            validIn = Arrays.copyOf(validIn, to);
            readable = Arrays.copyOf(readable, to);
        }
    }
}
