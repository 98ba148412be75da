package io.meridian.log.testing;

import io.meridian.base.SeededRandom;
import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The bytes of one file: what the operating system has, and what a crash leaves of it.
final class MemoryFile {
    private record Write(int position, ByteBuffer bytes) {
        byte[] prefix(int count) {
            byte[] prefix = new byte[count];
            bytes.get(0, prefix);
            return prefix;
        }
    }

    private byte[] live = new byte[0];
    private byte[] durable = new byte[0];
    private final List<Write> pending = new ArrayList<>();

    byte[] bytes() {
        return live.clone();
    }

    void overwrite(byte[] bytes) {
        live = bytes.clone();
        durable = bytes.clone();
        pending.clear();
    }

    void crash(SeededRandom random) {
        byte[] left = durable;
        for (Write write : pending) {
            int kept = switch (random.nextInt(3)) {
                case 0 -> 0;
                case 1 -> write.bytes().capacity();
                default -> random.nextInt(write.bytes().capacity() + 1);
            };
            left = put(left, write.position(), write.prefix(kept));
        }
        overwrite(left);
    }

    private static byte[] put(byte[] target, int position, byte[] bytes) {
        if (bytes.length == 0) {
            return target;
        }
        byte[] result = Arrays.copyOf(target, Math.max(target.length, position + bytes.length));
        System.arraycopy(bytes, 0, result, position, bytes.length);
        return result;
    }

    SegmentFile opened(MemoryStorage storage, String path) {
        storage.countOpen(1);
        return new Handle(storage, path, storage.generation());
    }

    private final class Handle implements SegmentFile {
        private final MemoryStorage storage;
        private final String path;
        private final int generation;
        private boolean isClosed;

        Handle(MemoryStorage storage, String path, int generation) {
            this.storage = storage;
            this.path = path;
            this.generation = generation;
        }

        private void use() throws StorageFault {
            if (isClosed || generation != storage.generation()) {
                throw new StorageFault(StorageFault.Kind.IO, path, "the file is closed");
            }
            storage.operation(path);
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public long sizeBytes() {
            return live.length;
        }

        @Override
        public void write(long positionBytes, ByteBuffer... sources) throws StorageFault {
            use();
            int position = (int) positionBytes;
            for (ByteBuffer source : sources) {
                byte[] bytes = new byte[source.remaining()];
                source.get(bytes);
                if (storage.isFull()) {
                    live = put(live, position, Arrays.copyOf(bytes, bytes.length / 2));
                    throw new StorageFault(StorageFault.Kind.FULL, path, "no space left");
                }
                live = put(live, position, bytes);
                pending.add(new Write(position, ByteBuffer.wrap(bytes)));
                position += bytes.length;
            }
        }

        @Override
        public void append(long positionBytes, ByteBuffer... sources) throws StorageFault {
            write(positionBytes, sources);
        }

        @Override
        public void trim() throws StorageFault {
            use();
        }

        @Override
        public int read(long positionBytes, ByteBuffer target) throws StorageFault {
            use();
            int count = Math.clamp(live.length - positionBytes, 0, target.remaining());
            if (count > 0) {
                target.put(live, (int) positionBytes, count);
            }
            return count;
        }

        @Override
        public void force() throws StorageFault {
            use();
            storage.countForce();
            durable = live.clone();
            pending.clear();
        }

        @Override
        public void truncate(long sizeBytes) throws StorageFault {
            use();
            live = Arrays.copyOf(live, (int) Math.min(live.length, sizeBytes));
        }

        @Override
        public FetchedSlice slice(long positionBytes, int lengthBytes) {
            return new MemorySlice(
                    ByteBuffer.wrap(Arrays.copyOfRange(live, (int) positionBytes, (int) positionBytes + lengthBytes)));
        }

        @Override
        public void close() {
            if (!isClosed && generation == storage.generation()) {
                storage.countOpen(-1);
            }
            isClosed = true;
        }
    }
}
