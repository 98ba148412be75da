package io.meridian.server.file;

import io.meridian.log.storage.StorageFault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// Sorts what the operating system reports into the kinds that the log treats differently.
final class StorageFaults {
    /// Less than a page per pending write left: whatever the message says, the device is full.
    private static final long FULL_BELOW_BYTES = 64 * 1024;

    private StorageFaults() {}

    static StorageFault of(Path file, String path, String action, IOException cause) {
        return new StorageFault(kind(file, cause), path, action + " failed: " + describe(cause), cause);
    }

    private static StorageFault.Kind kind(Path file, IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing -> StorageFault.Kind.MISSING;
            case NotDirectoryException missing -> StorageFault.Kind.MISSING;
            case FileAlreadyExistsException taken -> StorageFault.Kind.EXISTS;
            default -> isFull(file, cause) ? StorageFault.Kind.FULL : StorageFault.Kind.IO;
        };
    }

    /// A file that cannot be opened for want of descriptors is waited for as space is: connections that close give
    /// some back. The JDK has no type for a full device. Its message is the system's and may be translated, so the
    /// free space is asked as well.
    private static boolean isFull(Path file, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("No space left")
                || message.contains("quota exceeded")
                || message.contains("Too many open files")) {
            return true;
        }
        Path directory = file.getParent();
        if (directory == null) {
            return false;
        }
        try {
            return Files.getFileStore(directory).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static String describe(IOException cause) {
        return cause.getClass().getSimpleName() + " " + cause.getMessage();
    }
}
