package io.meridian.server.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second process out of a data directory: the operating system's lock on the file `.lock`, gone with the
/// process that held it however it ended. The file holds the owner's process id, for the message only.
public final class DirectoryLock implements AutoCloseable {
    private static final String NAME = ".lock";
    private static final int PROCESS_ID_CHARS_MAX = 32;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Locks a directory that exists.
    ///
    /// @throws DirectoryLocked when another process, or another broker of this one, has it
    /// @throws IOException when the lock file cannot be created or written
    public static DirectoryLock acquire(Path directory) throws IOException, DirectoryLocked {
        Path file = directory.resolve(NAME);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            if (tryLock(channel) == null) {
                throw new DirectoryLocked(
                        "data directory " + directory.toAbsolutePath() + " is in use by " + owner(channel)
                                + " (it holds " + file.toAbsolutePath() + "); stop it or choose another --data");
            }
            writeOwner(channel);
            locked = true;
            return new DirectoryLock(channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static void writeOwner(FileChannel channel) throws IOException {
        channel.truncate(0);
        String owner = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(PROCESS_ID_CHARS_MAX);
        channel.read(text, 0);
        String id = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return id.chars().allMatch(Character::isDigit) && !id.isEmpty() ? "process " + id : "another process";
    }

    /// Gives the directory up.
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
