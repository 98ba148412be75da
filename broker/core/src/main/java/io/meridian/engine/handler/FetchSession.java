package io.meridian.engine.handler;

import io.meridian.engine.replication.PartitionAnswer.ReadResult;
import io.meridian.protocol.api.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a client fetches again and again, kept so that it need not be said each time (KIP-227).
///
/// Its partitions are served in the order kept here; one that returned records goes to the end, so that a busy one
/// does not starve the others. A reply leaves out what the client knows already.
final class FetchSession {
    /// What the client was last told; an error forgets it, so that the next good answer is told again.
    private record Told(long highWatermark, long lastStableOffset, long logStartOffset) {
        static final Told NOTHING = new Told(-1L, -1L, -1L);
    }

    private static final class Entry {
        private FetchTarget target;
        private Told told = Told.NOTHING;

        Entry(FetchTarget target) {
            this.target = target;
        }
    }

    private final int sessionId;
    private final boolean byId;
    private final Map<FetchTarget.Key, Entry> partitions = new LinkedHashMap<>();
    private int nextEpoch = 1;

    FetchSession(int sessionId, boolean byId, List<FetchTarget> targets) {
        this.sessionId = sessionId;
        this.byId = byId;
        targets.forEach(this::put);
    }

    int sessionId() {
        return sessionId;
    }

    boolean byId() {
        return byId;
    }

    /// The epoch that the client's next request must carry.
    int nextEpoch() {
        return nextEpoch;
    }

    /// 1 follows the largest epoch: 0 and -1 mean other things.
    void advanceEpoch() {
        nextEpoch = nextEpoch == Integer.MAX_VALUE ? 1 : nextEpoch + 1;
    }

    int size() {
        return partitions.size();
    }

    void put(FetchTarget target) {
        Entry entry = partitions.get(target.key());
        if (entry == null) {
            partitions.put(target.key(), new Entry(target));
        } else {
            entry.target = target;
        }
    }

    void forget(FetchTarget.Key key) {
        partitions.remove(key);
    }

    List<FetchTarget> targets() {
        List<FetchTarget> targets = new ArrayList<>(partitions.size());
        for (Entry entry : partitions.values()) {
            targets.add(entry.target);
        }
        return targets;
    }

    /// Whether the client must be told of this result, which from now on counts as told.
    boolean tells(FetchTarget target, ReadResult result) {
        Entry entry = partitions.get(target.key());
        if (entry == null) {
            return true;
        }
        if (result.sizeInBytes() > 0) {
            partitions.remove(target.key());
            partitions.put(target.key(), entry);
        }
        Told before = entry.told;
        entry.told = result.error() == ErrorCode.NONE
                ? new Told(result.highWatermark(), result.lastStableOffset(), result.logStartOffset())
                : Told.NOTHING;
        return result.sizeInBytes() > 0
                || result.error() != ErrorCode.NONE
                || result.diverging() != null
                || !entry.told.equals(before);
    }
}
