package io.meridian.server.file;

import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/// One open file. Reads are positional and concurrent; writes are gathered into as few system calls as the system
/// allows and exclude each other, because a gathering write takes its position from the channel.
final class FileSegment implements SegmentFile {
    private final Path file;
    private final String path;
    private final FileUses uses;
    private final ForceStatistics statistics;
    private final BlockReserve reserve;
    private final ZeroRoom room;
    private final Object writing = new Object();

    /// Two threads may force at once; whoever is second must know how it went for the first.
    private final Object forcing = new Object();

    private boolean isForceFailed;
    private long reservedBytes;

    /// Behind the last byte that was appended.
    private long contentEndBytes;

    /// Zeros follow from the content's end up to here; below that there are none.
    private long roomEndBytes;

    FileSegment(
            Path file,
            String path,
            FileChannel channel,
            ForceStatistics statistics,
            BlockReserve reserve,
            ZeroRoom room,
            Executor closer) {
        this.file = file;
        this.path = path;
        this.uses = new FileUses(channel, closer);
        this.statistics = statistics;
        this.reserve = reserve;
        this.room = room;
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
                writeAll(positionBytes, sources);
            }
        } catch (IOException failed) {
            throw StorageFaults.of(file, path, "write at " + positionBytes, failed);
        }
    }

    @Override
    public void append(long positionBytes, ByteBuffer... sources) throws StorageFault {
        long endBytes = positionBytes;
        for (ByteBuffer source : sources) {
            endBytes += source.remaining();
        }
        try {
            synchronized (writing) {
                if (positionBytes >= reservedBytes) {
                    reservedBytes = reserve.reserve(file, positionBytes);
                }
                // Known before anything can fail: what a reopened file holds must never be taken for room.
                contentEndBytes = positionBytes;
                if (endBytes > roomEndBytes) {
                    roomEndBytes = room.make(uses.channel(), roomEndBytes, positionBytes, endBytes);
                }
                writeAll(positionBytes, sources);
                contentEndBytes = endBytes;
            }
        } catch (IOException failed) {
            throw StorageFaults.of(file, path, "append at " + positionBytes, failed);
        }
    }

    private void writeAll(long positionBytes, ByteBuffer... sources) throws IOException {
        FileChannel channel = uses.channel();
        if (sources.length == 1) {
            ByteBuffer source = sources[0];
            long at = positionBytes;
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
            return;
        }
        channel.position(positionBytes);
        int first = firstRemaining(sources, 0);
        while (first < sources.length) {
            channel.write(sources, first, sources.length - first);
            first = firstRemaining(sources, first);
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
    public void trim() throws StorageFault {
        try {
            synchronized (writing) {
                if (roomEndBytes > contentEndBytes) {
                    roomEndBytes = contentEndBytes;
                    uses.channel().truncate(contentEndBytes);
                }
            }
        } catch (IOException failed) {
            throw StorageFaults.of(file, path, "trim", failed);
        }
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
        synchronized (forcing) {
            checkForceable();
            try {
                uses.channel().force(false);
            } catch (IOException failed) {
                isForceFailed = true;
                throw StorageFaults.of(file, path, "force", failed);
            }
        }
        statistics.onForce(1, System.nanoTime() - startedNs);
    }

    /// The system tells a failure to one caller only and then takes the lost pages for clean, so the file
    /// remembers it.
    void checkForceable() throws StorageFault {
        synchronized (forcing) {
            if (isForceFailed) {
                throw new StorageFault(
                        StorageFault.Kind.IO, path, "an earlier force failed, so nothing proves that it is durable");
            }
        }
    }

    /// A force of the whole file system, this file included, has failed.
    void forceFailed() {
        synchronized (forcing) {
            isForceFailed = true;
        }
    }

    @Override
    public void truncate(long sizeBytes) throws StorageFault {
        try {
            synchronized (writing) {
                reservedBytes = 0;
                roomEndBytes = 0;
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
