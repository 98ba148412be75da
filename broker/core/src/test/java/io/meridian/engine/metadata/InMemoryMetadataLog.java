package io.meridian.engine.metadata;

import io.meridian.base.Now;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A metadata log whose entries become durable when [#run] says so. Several may be opened over one [Disk], one after
/// the other.
final class InMemoryMetadataLog implements MetadataLog {
    /// What survives.
    static final class Disk {
        private final List<Entry> entries = new ArrayList<>();
        private @Nullable Snapshot snapshot;
        private int lastTerm;
    }

    private record Entry(int term, long baseOffset, List<MetadataRecord> records) {
        long lastOffset() {
            return baseOffset + records.size();
        }
    }

    private final Disk disk;
    private final ArrayDeque<Runnable> pending = new ArrayDeque<>();
    private @Nullable Listener listener;
    private long lastOffset = -1;
    private int term;

    InMemoryMetadataLog(Disk disk) {
        this.disk = disk;
    }

    /// Does everything that was asked for.
    void run() {
        while (!pending.isEmpty()) {
            pending.poll().run();
        }
    }

    /// Forgets what was asked for and not done.
    void stop() {
        pending.clear();
        listener = null;
    }

    @Override
    public void start(Listener newListener) {
        listener = newListener;
        pending.add(() -> {
            Snapshot snapshot = disk.snapshot;
            if (snapshot != null) {
                lastOffset = snapshot.lastOffset();
                newListener.snapshotLoaded(snapshot);
            }
            for (Entry entry : disk.entries) {
                lastOffset = entry.lastOffset();
                newListener.committed(entry.lastOffset(), entry.term(), entry.records());
            }
            term = ++disk.lastTerm;
            newListener.active(term);
        });
    }

    @Override
    public void propose(int proposedTerm, long baseOffset, List<MetadataRecord> batch, Now now) {
        Entry entry = new Entry(proposedTerm, baseOffset, List.copyOf(batch));
        pending.add(() -> {
            Listener receiver = listener;
            if (receiver == null) {
                return;
            }
            if (entry.term() != term || entry.baseOffset() != lastOffset) {
                receiver.dropped(entry.term(), entry.baseOffset());
                return;
            }
            disk.entries.add(entry);
            lastOffset = entry.lastOffset();
            receiver.committed(lastOffset, term, entry.records());
        });
    }

    @Override
    public void snapshotTaken(Snapshot snapshot) {
        disk.snapshot = snapshot;
        disk.entries.removeIf(entry -> entry.lastOffset() <= snapshot.lastOffset());
    }

    @Override
    public void close() {
        stop();
    }
}
