package io.meridian.simulator.disk;

import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.nio.ByteBuffer;

/// An open file of one life of the process; dead once that life ended.
final class SimulatedFile implements SegmentFile {
    private static final int ROOM_BYTES = 2_048;

    private final SimulatedDisk disk;
    private final FileNode node;
    private final String path;
    private final int life;
    private int contentEnd;
    private int roomEnd;
    private boolean isClosed;
    private boolean isForceFailed;

    SimulatedFile(SimulatedDisk disk, FileNode node, String path) {
        this.disk = disk;
        this.node = node;
        this.path = path;
        this.life = disk.life();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long sizeBytes() {
        checkUsable();
        return node.size();
    }

    @Override
    public void write(long positionBytes, ByteBuffer... sources) throws StorageFault {
        checkUsable();
        disk.write(node, path, Math.toIntExact(positionBytes), sources);
    }

    /// Leaves room as a real file may: the zeros can survive a power cut that takes the bytes written over them.
    @Override
    public void append(long positionBytes, ByteBuffer... sources) throws StorageFault {
        checkUsable();
        int position = Math.toIntExact(positionBytes);
        int end = position;
        for (ByteBuffer source : sources) {
            end += source.remaining();
        }
        contentEnd = position;
        if (end > roomEnd) {
            int from = Math.max(position, roomEnd);
            roomEnd = (end / ROOM_BYTES + 1) * ROOM_BYTES;
            disk.write(node, path, from, new ByteBuffer[] {ByteBuffer.allocate(roomEnd - from)});
        }
        disk.write(node, path, position, sources);
        contentEnd = end;
    }

    @Override
    public void trim() throws StorageFault {
        checkUsable();
        if (roomEnd > contentEnd) {
            roomEnd = contentEnd;
            disk.truncate(node, path, contentEnd);
        }
    }

    @Override
    public int read(long positionBytes, ByteBuffer target) throws StorageFault {
        checkOpen();
        disk.begin(DiskCall.READ, path);
        int count = positionBytes >= node.size() ? 0 : node.read((int) positionBytes, target);
        disk.end();
        return count;
    }

    @Override
    public void force() throws StorageFault {
        checkOpen();
        if (isForceFailed) {
            throw new StorageFault(StorageFault.Kind.IO, path, "an earlier force failed");
        }
        try {
            disk.force(node, path);
        } catch (StorageFault fault) {
            isForceFailed = true;
            throw fault;
        }
    }

    @Override
    public void truncate(long sizeBytes) throws StorageFault {
        checkUsable();
        roomEnd = 0;
        disk.truncate(node, path, Math.toIntExact(sizeBytes));
    }

    @Override
    public FetchedSlice slice(long positionBytes, int lengthBytes) {
        checkUsable();
        if (positionBytes < 0 || lengthBytes < 0 || positionBytes + lengthBytes > node.size()) {
            throw new DiskMisuse("a slice of " + path + " from " + positionBytes + " over " + lengthBytes
                    + " bytes leaves the file of " + node.size());
        }
        return disk.slice(node, (int) positionBytes, lengthBytes);
    }

    @Override
    public void close() {
        if (life != disk.life()) {
            throw new DiskMisuse(path + " was closed by a process that is dead");
        }
        if (isClosed) {
            throw new DiskMisuse(path + " was closed twice");
        }
        isClosed = true;
        disk.fileClosed();
    }

    /// A read or a force may meet a close on another thread; it then fails like any other.
    private void checkOpen() throws StorageFault {
        if (isClosed && life == disk.life()) {
            throw new StorageFault(StorageFault.Kind.IO, path, "the file is closed");
        }
        checkUsable();
    }

    private void checkUsable() {
        if (life != disk.life()) {
            throw new DiskMisuse(path + " was used by a process that is dead");
        }
        if (isClosed) {
            throw new DiskMisuse(path + " was used after it was closed");
        }
    }
}
