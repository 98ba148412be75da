package io.meridian.server.file;

import io.meridian.log.storage.FetchedSlice;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A range of an open file. The file may be renamed or deleted meanwhile; the range stays readable until it is
/// released.
public final class FileSlice implements FetchedSlice {
    private static final Logger LOG = LoggerFactory.getLogger(FileSlice.class);

    private final FileUses uses;
    private final String path;
    private final long positionBytes;
    private final int lengthBytes;
    private final AtomicBoolean released = new AtomicBoolean();

    FileSlice(FileUses uses, String path, long positionBytes, int lengthBytes) {
        uses.retain();
        this.uses = uses;
        this.path = path;
        this.positionBytes = positionBytes;
        this.lengthBytes = lengthBytes;
    }

    /// The channel to read the range from; not to be closed.
    public FileChannel channel() {
        return uses.channel();
    }

    public long positionBytes() {
        return positionBytes;
    }

    @Override
    public int sizeInBytes() {
        return lengthBytes;
    }

    @Override
    public void release() {
        if (!released.compareAndSet(false, true)) {
            throw new IllegalStateException("a slice of " + path + " was released twice");
        }
        uses.releaseElsewhere(failed -> LOG.atWarn()
                .addKeyValue("path", path)
                .addKeyValue("error", failed)
                .log("closing a file failed"));
    }
}
