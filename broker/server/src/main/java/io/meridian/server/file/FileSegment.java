package io.meridian.server.file;

import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// One open file. Reads are positional and concurrent; writes are gathered into as few system calls as the system
/// allows and exclude each other, because a gathering write takes its position from the channel.
final class FileSegment implements SegmentFile {
    private final Path file;
    private final String path;
    private final FileUses uses;
    private final ForceStatistics statistics;
    private final Object writing = new Object();

    FileSegment(Path file, String path, FileChannel channel, ForceStatistics statistics) {
        this.file = file;
        this.path = path;
        this.uses = new FileUses(channel);
        this.statistics = statistics;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long sizeBytes() {
        try {
            return uses.channel().size();
        } catch (IOException failed) {
            throw new IllegalStateException("the size of " + path + " is unknown", failed);
        }
    }

    @Override
    public void write(long positionBytes, ByteBuffer... sources) throws StorageFault {
        try {
            synchronized (writing) {
                FileChannel channel = uses.channel();
                channel.position(positionBytes);
                int first = firstRemaining(sources, 0);
                while (first < sources.length) {
                    channel.write(sources, first, sources.length - first);
                    first = firstRemaining(sources, first);
                }
            }
        } catch (IOException failed) {
            throw StorageFaults.of(file, path, "write at " + positionBytes, failed);
        }
    }

    private static int firstRemaining(ByteBuffer[] sources, int from) {
        int index = from;
        while (index < sources.length && !sources[index].hasRemaining()) {
            index++;
        }
        return index;
    }

    @Override
    public int read(long positionBytes, ByteBuffer target) throws StorageFault {
        int total = 0;
        try {
            while (target.hasRemaining()) {
                int read = uses.channel().read(target, positionBytes + total);
                if (read < 0) {
                    break;
                }
                total += read;
            }
        } catch (IOException failed) {
            throw StorageFaults.of(file, path, "read at " + positionBytes, failed);
        }
        return total;
    }

    @Override
    public void force() throws StorageFault {
        long startedNs = System.nanoTime();
        try {
            uses.channel().force(false);
        } catch (IOException failed) {
            throw StorageFaults.of(file, path, "force", failed);
        }
        statistics.onForce(1, System.nanoTime() - startedNs);
    }

    @Override
    public void truncate(long sizeBytes) throws StorageFault {
        try {
            synchronized (writing) {
                uses.channel().truncate(sizeBytes);
            }
        } catch (IOException failed) {
            throw StorageFaults.of(file, path, "truncate to " + sizeBytes, failed);
        }
    }

    @Override
    public FetchedSlice slice(long positionBytes, int lengthBytes) {
        return new FileSlice(uses, path, positionBytes, lengthBytes);
    }

    @Override
    public void close() throws StorageFault {
        try {
            uses.release();
        } catch (IOException failed) {
            throw StorageFaults.of(file, path, "close", failed);
        }
    }
}
