package io.meridian.engine.node;

import io.meridian.base.Now;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.replication.LogFlusher;
import io.meridian.engine.replication.NodeBus;
import io.meridian.engine.replication.NodeLayout;
import io.meridian.engine.replication.PartitionTable;
import io.meridian.log.state.SpaceLevel;
import io.meridian.log.state.SpaceRule;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.storage.VolumeSpace;
import org.jspecify.annotations.Nullable;

/// Keeps an eye on the room on the volume while a node is written to, and until there is room again once there was
/// too little. Tells the other nodes what it finds out, and has logs that found none try again.
final class SpaceWatch {
    /// At a gigabyte per second the default watermark is not used up in between.
    private static final long INTERVAL_MS = 500L;

    private final NodeLayout layout;
    private final SpaceRule rule;
    private final LogStorage storage;
    private final PartitionTable table;
    private final LogFlusher flusher;
    private final NodeBus bus;
    private final Effects effects;
    private VolumeSpace latest = new VolumeSpace(0L, 0L);
    private long dueNs = Long.MAX_VALUE;
    private boolean isMeasuring;
    private boolean isStopped;

    SpaceWatch(
            NodeLayout layout,
            SpaceRule rule,
            LogStorage storage,
            PartitionTable table,
            LogFlusher flusher,
            NodeBus bus,
            Effects effects) {
        this.layout = layout;
        this.rule = rule;
        this.storage = storage;
        this.table = table;
        this.flusher = flusher;
        this.bus = bus;
        this.effects = effects;
    }

    /// A broker that starts on a full volume must not take anything first.
    void start() {
        measure();
    }

    /// Something is about to be written, or waits for room.
    void writing(Now now) {
        if (dueNs == Long.MAX_VALUE && !isMeasuring && !isStopped) {
            dueNs = now.deadlineNs(INTERVAL_MS);
        }
    }

    /// Nothing is measured any more, and no log waits for room.
    void stop() {
        isStopped = true;
        dueNs = Long.MAX_VALUE;
        flusher.giveUpStalled();
    }

    long nextDeadlineNs() {
        return dueNs;
    }

    void tick(Now now) {
        if (now.monotonicNs() >= dueNs) {
            dueNs = Long.MAX_VALUE;
            measure();
        }
    }

    /// What the volume said last; zeros before.
    VolumeSpace latest() {
        return latest;
    }

    /// Free bytes below which records of clients are refused; 0 before the volume was asked.
    long lowWatermarkBytes() {
        return rule.lowWatermarkBytes(latest.totalBytes());
    }

    private void measure() {
        isMeasuring = true;
        effects.add(new Effect.Store(new Measurement()));
    }

    private void measured(@Nullable VolumeSpace space, Now now) {
        isMeasuring = false;
        if (isStopped) {
            return;
        }
        boolean isStalled = flusher.isStalled() || table.isWaitingForSpace();
        flusher.retryStalled(now);
        table.retryOpenings(now);
        if (space != null) {
            latest = space;
            SpaceLevel before = flusher.space().level();
            SpaceLevel level = rule.level(space, before);
            // What the volume says is believed only when writing works: a quota may say otherwise.
            if (!isStalled || level.compareTo(before) >= 0) {
                learn(level, before);
            }
        }
        if (flusher.space().level() != SpaceLevel.AMPLE) {
            writing(now);
        }
    }

    /// A log found no room, whatever was measured last.
    void onStalled(Now now) {
        learn(SpaceLevel.EXHAUSTED, flusher.space().level());
        writing(now);
    }

    /// Another node found that there is less room than this one knows. That there is more, each finds out itself.
    void onTold(SpaceLevel level, Now now) {
        if (level.compareTo(flusher.space().level()) > 0) {
            flusher.space().learned(level);
            writing(now);
        }
    }

    /// Of less room, the first node to know tells the operator; of more, node 0, which was told of less.
    private void learn(SpaceLevel level, SpaceLevel before) {
        if (!flusher.space().learned(level)) {
            return;
        }
        boolean isWorse = level.compareTo(before) > 0;
        if (isWorse || layout.nodeIndex() == NodeLayout.CONTROLLER_NODE) {
            effects.add(new Effect.SpaceChanged(level, latest));
        }
        if (isWorse) {
            tellOthers(level);
        }
    }

    private void tellOthers(SpaceLevel level) {
        for (int node = 0; node < layout.nodeCount(); node++) {
            if (node != layout.nodeIndex()) {
                bus.send(node, new LifecycleMessage.SpaceLevelFound(level));
            }
        }
    }

    private final class Measurement extends StorageJob {
        private @Nullable VolumeSpace found;

        @Override
        public Lane lane() {
            return Lane.DISK;
        }

        @Override
        public void run() throws StorageFault {
            found = storage.volumeSpace();
        }

        /// A volume that cannot be asked is not taken to be full: writing to it will tell.
        @Override
        public void complete(@Nullable StorageFault fault, Now now) {
            measured(found, now);
        }
    }
}
