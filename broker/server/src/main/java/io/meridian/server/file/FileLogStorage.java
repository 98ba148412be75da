package io.meridian.server.file;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.VolumeSpace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One log directory on a real file system.
public final class FileLogStorage implements LogStorage, AutoCloseable {
    /// Rounds of fewer files are forced one by one: `syncfs` also writes what others put on the same file system.
    private static final int SYNCFS_FROM_FILES = 16;

    private static final long CLOSER_IDLE_SECONDS = 1;

    private final Path directory;
    private final @Nullable Syncfs syncfs;
    private final OpenFiles openFiles;
    private final BlockReserve reserve;
    private final ZeroRoom room = new ZeroRoom();
    private @Nullable FileStore volume;
    private final ForceStatistics statistics = new ForceStatistics();
    private final ExecutorService closer = closer();

    private FileLogStorage(Path directory, OpenFiles openFiles, @Nullable Syncfs syncfs, BlockReserve reserve) {
        this.directory = directory;
        this.openFiles = openFiles;
        this.syncfs = syncfs;
        this.reserve = reserve;
    }

    /// Opens a directory that exists.
    public static FileLogStorage open(Path directory, OpenFiles openFiles) {
        Path absolute = directory.toAbsolutePath().normalize();
        Optional<LinuxCalls> calls = LinuxCalls.find();
        return new FileLogStorage(
                absolute,
                openFiles,
                calls.flatMap(linux -> Syncfs.open(linux, absolute)).orElse(null),
                new BlockReserve(calls.orElse(null)));
    }

    public Path directory() {
        return directory;
    }

    public ForceStatistics statistics() {
        return statistics;
    }

    public OpenFiles openFiles() {
        return openFiles;
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public List<String> list(String path) throws StorageFault {
        Path listed = resolve(path);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(listed)) {
            for (Path entry : entries) {
                names.add(String.valueOf(entry.getFileName()));
            }
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return List.of();
        } catch (IOException failed) {
            throw StorageFaults.of(listed, path, "list", failed);
        } catch (DirectoryIteratorException failed) {
            throw StorageFaults.of(listed, path, "list", new IOException(failed));
        }
        names.sort(null);
        return names;
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(resolve(path), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void createDirectory(String path) throws StorageFault {
        Path created = resolve(path);
        try {
            Files.createDirectory(created);
        } catch (FileAlreadyExistsException taken) {
            if (!Files.isDirectory(created)) {
                throw StorageFaults.of(created, path, "create directory", taken);
            }
        } catch (IOException failed) {
            throw StorageFaults.of(created, path, "create directory", failed);
        }
    }

    @Override
    public SegmentFile create(String path) throws StorageFault {
        return open(path, "create", StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public SegmentFile open(String path) throws StorageFault {
        return open(path, "open", StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private SegmentFile open(String path, String action, OpenOption... options) throws StorageFault {
        Path file = resolve(path);
        try {
            return new FileSegment(file, path, FileChannel.open(file, options), statistics, reserve, room, closer);
        } catch (IOException failed) {
            throw StorageFaults.of(file, path, action, failed);
        }
    }

    @Override
    public void rename(String from, String to) throws StorageFault {
        Path source = resolve(from);
        try {
            Files.move(source, resolve(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw StorageFaults.of(source, from, "rename to " + to, failed);
        }
    }

    @Override
    public void delete(String path) throws StorageFault {
        Path deleted = resolve(path);
        try {
            if (Files.isDirectory(deleted, LinkOption.NOFOLLOW_LINKS)) {
                Files.walkFileTree(deleted, new DeletingVisitor());
            } else {
                Files.deleteIfExists(deleted);
            }
        } catch (IOException failed) {
            throw StorageFaults.of(deleted, path, "delete", failed);
        }
    }

    @Override
    public void forceDirectory(String path) throws StorageFault {
        Path forced = resolve(path);
        try (FileChannel channel = FileChannel.open(forced, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException failed) {
            throw StorageFaults.of(forced, path, "force directory", failed);
        }
    }

    /// By one call for the file system when there are many, else one by one.
    @Override
    public void forceAll(List<? extends SegmentFile> files, List<String> paths, Collection<String> directories)
            throws StorageFault {
        int count = files.size() + paths.size();
        if (syncfs == null || count < SYNCFS_FROM_FILES) {
            LogStorage.super.forceAll(files, paths, directories);
            return;
        }
        for (SegmentFile file : files) {
            segment(file).checkForceable();
        }
        long startedNs = System.nanoTime();
        try {
            syncfs.sync();
        } catch (IOException failed) {
            files.forEach(file -> segment(file).forceFailed());
            throw StorageFaults.of(directory.resolve("any"), "", "force of " + count + " files", failed);
        }
        statistics.onForce(count, System.nanoTime() - startedNs);
    }

    @Override
    public boolean hasRoomForFiles(int files) {
        return openFiles.admitsFiles(files);
    }

    /// Which volume it is does not change; to find out means reading all mounts of the system.
    @Override
    public synchronized VolumeSpace volumeSpace() throws StorageFault {
        try {
            FileStore asked = volume == null ? Files.getFileStore(directory) : volume;
            volume = asked;
            return new VolumeSpace(asked.getTotalSpace(), asked.getUsableSpace());
        } catch (IOException failed) {
            throw StorageFaults.of(directory.resolve("any"), "", "ask for free space", failed);
        }
    }

    private static FileSegment segment(SegmentFile file) {
        if (file instanceof FileSegment segment) {
            return segment;
        }
        throw new IllegalArgumentException(file.path() + " is not a file of this directory");
    }

    /// One thread, there only while files are being closed.
    private static ExecutorService closer() {
        return new ThreadPoolExecutor(
                0,
                1,
                CLOSER_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("file-closer").factory());
    }

    @Override
    public void close() {
        closer.shutdown();
        if (syncfs != null) {
            syncfs.close();
        }
    }

    /// Paths come from this process alone; one that leaves the directory is a mistake of ours.
    private Path resolve(String path) {
        Path resolved = directory.resolve(path).normalize();
        if (!resolved.startsWith(directory)) {
            throw new IllegalArgumentException("a path leaves the log directory: " + path);
        }
        return resolved;
    }

    private static final class DeletingVisitor extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
            if (failed instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failed;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed) throws IOException {
            if (failed != null) {
                throw failed;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
        }
    }
}
