package io.meridian.server.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A data directory that this process holds, and the storage in it.
public final class LockedDirectory implements AutoCloseable {
    private final DirectoryLock lock;
    private final FileLogStorage storage;

    private LockedDirectory(DirectoryLock lock, FileLogStorage storage) {
        this.lock = lock;
        this.storage = storage;
    }

    /// Creates the directory if it is missing and locks it.
    ///
    /// @param files that the process may have open
    /// @throws DirectoryLocked when somebody else has it
    public static LockedDirectory open(Path directory, OpenFiles files) throws IOException, DirectoryLocked {
        Files.createDirectories(directory);
        DirectoryLock lock = DirectoryLock.acquire(directory);
        return new LockedDirectory(lock, FileLogStorage.open(directory, files));
    }

    public FileLogStorage storage() {
        return storage;
    }

    @Override
    public void close() throws IOException {
        storage.close();
        lock.close();
    }
}
