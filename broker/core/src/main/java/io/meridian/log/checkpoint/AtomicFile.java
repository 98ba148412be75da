package io.meridian.log.checkpoint;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Replaces and reads small files as a whole. Whoever reads one sees the content before or after a replacement,
/// crash or not.
public final class AtomicFile {
    /// Behind the name of a file that is being written.
    public static final String TEMPORARY = ".tmp";

    private static final int READ_BYTES_MAX = 64 << 20;

    private AtomicFile() {}

    /// Gives the file `name` in `directory` this content, durably.
    public static void replace(LogStorage storage, String directory, String name, ByteBuffer content)
            throws StorageFault {
        replaceUnforced(storage, directory, name, content);
        storage.forceDirectory(directory);
    }

    /// As [#replace], but the new name becomes durable only when the caller forces the directory.
    public static void replaceUnforced(LogStorage storage, String directory, String name, ByteBuffer content)
            throws StorageFault {
        String path = pathOf(directory, name);
        String temporary = path + TEMPORARY;
        storage.delete(temporary);
        SegmentFile file = storage.create(temporary);
        try {
            file.write(0, content.duplicate());
            file.force();
        } finally {
            file.close();
        }
        storage.rename(temporary, path);
    }

    /// The content of a file; null when there is none.
    public static @Nullable ByteBuffer read(LogStorage storage, String directory, String name) throws StorageFault {
        String path = pathOf(directory, name);
        if (!storage.exists(path)) {
            return null;
        }
        SegmentFile file = storage.open(path);
        try {
            long size = file.sizeBytes();
            if (size > READ_BYTES_MAX) {
                throw new StorageFault(
                        StorageFault.Kind.CORRUPT,
                        path,
                        "expected at most " + READ_BYTES_MAX + " bytes, found " + size);
            }
            ByteBuffer content = ByteBuffer.allocate((int) size);
            file.read(0, content);
            return content.flip();
        } finally {
            file.close();
        }
    }

    static @Nullable String readText(LogStorage storage, String directory, String name) throws StorageFault {
        ByteBuffer content = read(storage, directory, name);
        return content == null ? null : StandardCharsets.UTF_8.decode(content).toString();
    }

    static ByteBuffer text(String content) {
        return ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
    }

    static String pathOf(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
