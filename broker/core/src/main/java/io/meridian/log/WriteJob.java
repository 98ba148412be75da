package io.meridian.log;

import io.meridian.base.Now;
import io.meridian.log.segment.Segment;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One gathering write of neighbouring batches to one segment.
final class WriteJob extends StorageJob {
    private final LogWriter writer;
    private final Segment segment;
    private final SegmentFile file;
    private final List<QueuedBatch> batches;

    WriteJob(LogWriter writer, Segment segment, List<QueuedBatch> batches) {
        this.writer = writer;
        this.segment = segment;
        this.file = segment.file();
        this.batches = batches;
    }

    Segment segment() {
        return segment;
    }

    List<QueuedBatch> batches() {
        return batches;
    }

    @Override
    public Lane lane() {
        return Lane.LOOP;
    }

    @Override
    public void run() throws StorageFault {
        ByteBuffer[] sources = new ByteBuffer[batches.size()];
        for (int index = 0; index < sources.length; index++) {
            sources[index] = batches.get(index).bytes().duplicate();
        }
        file.append(batches.getFirst().positionBytes(), sources);
    }

    @Override
    public void complete(@Nullable StorageFault fault, Now now) {
        writer.onWritten(this, fault, now);
    }
}
