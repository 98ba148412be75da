package io.meridian.engine.node;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.metadata.MetadataLog;
import io.meridian.engine.metadata.MetadataLogContract;
import io.meridian.engine.replication.LogFlusher;
import io.meridian.log.OpenPoint;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.testing.MemoryStorage;
import org.jspecify.annotations.Nullable;

final class LocalMetadataLogTest extends MetadataLogContract {
    private static final Now NOW = new Now(1_000L, 1_000L);

    private final MemoryStorage storage = new MemoryStorage();
    private final SeededRandom random = new SeededRandom(7);
    private Effects effects = new Effects();
    private LogFlusher flusher = new LogFlusher(storage, effects);

    @Override
    protected MetadataLog open() {
        settle();
        effects = new Effects();
        flusher = new LogFlusher(storage, effects);
        return new LocalMetadataLog(storage, new OpenPoint(0L, 0L, false, true), NOW, flusher, effects);
    }

    @Override
    protected void settle() {
        do {
            for (Effect effect = effects.poll(); effect != null; effect = effects.poll()) {
                if (effect instanceof Effect.Store(StorageJob job)) {
                    job.complete(run(job), NOW);
                }
            }
            flusher.endTurn(NOW);
        } while (!effects.isEmpty());
    }

    @Override
    protected void crash() {
        effects = new Effects();
        flusher = new LogFlusher(storage, effects);
        storage.crash(random);
    }

    private static @Nullable StorageFault run(StorageJob job) {
        try {
            job.run();
            return null;
        } catch (StorageFault fault) {
            return fault;
        }
    }
}
