package io.meridian.simulator.disk;

import io.meridian.log.storage.FetchedSlice;
import java.nio.ByteBuffer;

/// A range of a simulated file on its way to a client.
public final class SimulatedSlice implements FetchedSlice {
    private final SimulatedDisk disk;
    private final FileNode node;
    private final int position;
    private final int length;
    private final int life;
    private boolean isReleased;

    SimulatedSlice(SimulatedDisk disk, FileNode node, int position, int length) {
        this.disk = disk;
        this.node = node;
        this.position = position;
        this.length = length;
        this.life = disk.life();
        node.sliceOpened(position + length);
    }

    @Override
    public int sizeInBytes() {
        return length;
    }

    /// The bytes as the network would send them now.
    public ByteBuffer bytes() {
        if (isReleased || life != disk.life()) {
            throw new DiskMisuse("a slice was read after it was given up");
        }
        return node.view(position, length);
    }

    @Override
    public void release() {
        if (isReleased) {
            throw new DiskMisuse("a slice was released twice");
        }
        isReleased = true;
        if (life == disk.life()) {
            node.sliceReleased();
            disk.sliceReleased();
        }
    }
}
