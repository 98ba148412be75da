package io.meridian.simulator.disk;

import io.meridian.base.SeededRandom;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of one file: what reads see, and how to go back from there to what is durable.
///
/// Only the visible bytes are kept; each change since the last force remembers the bytes it replaced, so an append
/// costs one copy and a force costs nothing. What survives a power loss is worked out when it happens.
final class FileNode extends Node {
    private static final int SECTOR_BYTES = 512;
    private static final int FIRST_CAPACITY_BYTES = 1024;
    private static final byte[] EMPTY = new byte[0];

    private byte[] bytes = new byte[0];
    private int size;
    private final List<Change> changes = new ArrayList<>();
    private int openSlicesEnd;
    private int openSlices;

    /// One write or truncation since the last force.
    private static final class Change {
        final boolean isTruncation;
        final int position;
        final int length;
        final int sizeBefore;
        /// What [position, ...) held below `sizeBefore`.
        final byte[] replaced;
        /// The bytes written; filled in only while a power loss is worked out.
        byte[] written = EMPTY;
        /// A force that failed took it: the page counts as clean and no later force will write it.
        boolean isForgotten;
        /// A force that succeeded took it, while an older change was forgotten.
        boolean isDurable;

        Change(boolean isTruncation, int position, int length, int sizeBefore, byte[] replaced) {
            this.isTruncation = isTruncation;
            this.position = position;
            this.length = length;
            this.sizeBefore = sizeBefore;
            this.replaced = replaced;
        }
    }

    int size() {
        return size;
    }

    boolean hasUnforcedChanges() {
        return !changes.isEmpty();
    }

    void write(int position, ByteBuffer source, int length) {
        if (length == 0) {
            return;
        }
        changes.add(new Change(false, position, length, size, replacedBy(position, position + length)));
        ensureCapacity(position + length);
        if (position > size) {
            Arrays.fill(bytes, size, position, (byte) 0);
        }
        source.get(bytes, position, length);
        size = Math.max(size, position + length);
    }

    void truncate(int newSize) {
        if (newSize == size) {
            return;
        }
        if (newSize > size) {
            throw new DiskMisuse("a truncation to " + newSize + " bytes would extend a file of " + size);
        }
        if (openSlices > 0 && openSlicesEnd > newSize) {
            throw new DiskMisuse("cut to " + newSize + " bytes below an open slice that ends at " + openSlicesEnd);
        }
        changes.add(new Change(true, newSize, 0, size, replacedBy(newSize, size)));
        size = newSize;
    }

    int read(int position, ByteBuffer target) {
        int length = Math.min(target.remaining(), size - position);
        if (length <= 0) {
            return 0;
        }
        target.put(bytes, position, length);
        return length;
    }

    ByteBuffer view(int position, int length) {
        return ByteBuffer.wrap(bytes, position, length).slice().asReadOnlyBuffer();
    }

    byte[] contents() {
        return Arrays.copyOf(bytes, size);
    }

    void flip(int position, int bit) {
        bytes[position] ^= (byte) (1 << bit);
    }

    void sliceOpened(int end) {
        openSlicesEnd = openSlices == 0 ? end : Math.max(openSlicesEnd, end);
        openSlices++;
    }

    void sliceReleased() {
        openSlices--;
    }

    void forced() {
        boolean anyForgotten = false;
        for (Change change : changes) {
            anyForgotten |= change.isForgotten;
            change.isDurable = !change.isForgotten;
        }
        if (!anyForgotten) {
            changes.clear();
        }
    }

    /// A force failed: its pages count as clean and are lost with the power, whatever is forced later.
    void forceFailed() {
        for (Change change : changes) {
            change.isForgotten = !change.isDurable;
        }
    }

    /// The process is gone, its slices with it.
    void handlesDied() {
        openSlices = 0;
    }

    /// The bytes from the start of the file that no power loss can change.
    int durableSize() {
        int durable = size;
        for (Change change : changes) {
            if (!change.isDurable) {
                durable = Math.min(durable, Math.min(change.sizeBefore, change.position));
            }
        }
        return durable;
    }

    /// Replaces the visible bytes by some that a power loss may leave.
    void losePower(PowerLoss loss, SeededRandom random) {
        openSlices = 0;
        if (changes.isEmpty()) {
            return;
        }
        goBackToDurable();
        boolean orderBroken = false;
        for (Change change : changes) {
            boolean isKept = change.isDurable || (!orderBroken && !change.isForgotten && loss.keeps(random));
            if (change.isTruncation) {
                orderBroken |= !isKept;
                size = isKept ? Math.min(size, change.position) : size;
            } else if (isKept) {
                put(change.position, change.written, 0, change.length);
            } else if (!orderBroken && loss.tears(random)) {
                tear(change, random);
            }
        }
        changes.clear();
    }

    private void goBackToDurable() {
        for (int i = changes.size() - 1; i >= 0; i--) {
            Change change = changes.get(i);
            if (!change.isTruncation) {
                change.written = Arrays.copyOfRange(bytes, change.position, change.position + change.length);
            }
            System.arraycopy(change.replaced, 0, bytes, change.position, change.replaced.length);
            size = change.sizeBefore;
        }
        // Bytes above the durable size belong to no change that is undone twice; a hole must read as zeros.
        Arrays.fill(bytes, size, bytes.length, (byte) 0);
    }

    private void tear(Change change, SeededRandom random) {
        int oldSize = size;
        switch (random.nextInt(4)) {
            case 0 -> put(change.position, change.written, 0, random.nextInt(change.length));
            case 1 -> extendTo(change.position + random.nextInt(change.length + 1));
            default -> {
                extendTo(change.position + change.length);
                for (int at = 0; at < change.length; ) {
                    int inSector = SECTOR_BYTES - (change.position + at) % SECTOR_BYTES;
                    int length = Math.min(inSector, change.length - at);
                    int fate = random.nextInt(8);
                    if (fate < 5) {
                        put(change.position + at, change.written, at, length);
                    } else if (fate == 5 && change.position + at >= oldSize) {
                        fillWithGarbage(change.position + at, length, random);
                    }
                    at += length;
                }
            }
        }
    }

    private void fillWithGarbage(int position, int length, SeededRandom random) {
        for (int i = position; i < position + length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
    }

    private void extendTo(int newSize) {
        if (newSize > size) {
            ensureCapacity(newSize);
            Arrays.fill(bytes, size, newSize, (byte) 0);
            size = newSize;
        }
    }

    private void put(int position, byte[] source, int from, int length) {
        extendTo(position + length);
        System.arraycopy(source, from, bytes, position, length);
    }

    private byte[] replacedBy(int from, int to) {
        int end = Math.min(to, size);
        return from >= end ? EMPTY : Arrays.copyOfRange(bytes, from, end);
    }

    private void ensureCapacity(int needed) {
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.max(FIRST_CAPACITY_BYTES, bytes.length * 2)));
        }
    }
}
