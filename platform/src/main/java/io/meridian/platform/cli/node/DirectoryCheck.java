package io.meridian.platform.cli.node;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Looks at the data directory, or at the nearest directory above it if it does not exist yet.
final class DirectoryCheck {
    private static final long GIB = 1L << 30;
    private static final long FREE_WANTED = 10 * GIB;
    private static final long FREE_NEEDED = GIB;

    private DirectoryCheck() {}

    static Finding space(Path directory) {
        try {
            FileStore store = Files.getFileStore(existing(directory));
            long free = store.getUsableSpace();
            String found = String.format(
                    Locale.ROOT,
                    "%.1f of %.1f GiB free at %s",
                    (double) free / GIB,
                    (double) store.getTotalSpace() / GIB,
                    directory);
            String remedy = "free some space, or name a directory on another disk with --data";
            if (free < FREE_NEEDED) {
                return Finding.fail("disk-space", found, remedy);
            }
            return free < FREE_WANTED ? Finding.warn("disk-space", found, remedy) : Finding.ok("disk-space", found);
        } catch (IOException e) {
            return Finding.fail("disk-space", directory + ": " + e, "name another directory with --data");
        }
    }

    static Finding writable(Path directory) {
        Path existing = existing(directory);
        String remedy = "give this user the right to write there, or name another directory with --data";
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            return Finding.fail("data-directory", directory + " is a file", "name another directory with --data");
        }
        try {
            Path probe = Files.createTempFile(existing, ".meridian-doctor", "");
            Files.delete(probe);
        } catch (IOException e) {
            return Finding.fail("data-directory", existing + " cannot be written: " + e, remedy);
        }
        return Finding.ok(
                "data-directory",
                existing.equals(directory) ? directory + " can be written" : directory + " can be created");
    }

    private static Path existing(Path directory) {
        @Nullable Path at = directory;
        while (at != null && !Files.isDirectory(at)) {
            at = at.getParent();
        }
        return at == null ? Path.of("/") : at;
    }
}
