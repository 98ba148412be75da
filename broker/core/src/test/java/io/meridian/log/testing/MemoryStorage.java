package io.meridian.log.testing;

import io.meridian.base.SeededRandom;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.VolumeSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A log directory in memory. A crash forgets names whose directory was not forced and, write by write, bytes that
/// were not forced: kept, dropped or torn.
public final class MemoryStorage implements LogStorage {
    private static final class Directory {
        private TreeMap<String, Object> live = new TreeMap<>();
        private TreeMap<String, Object> durable = new TreeMap<>();
    }

    private final Directory root = new Directory();
    private int generation;
    private long operations;
    private long failAt = Long.MAX_VALUE;
    private int forces;
    private int openFiles;
    private boolean isFull;
    private VolumeSpace space = new VolumeSpace(1L << 40, 1L << 39);

    /// Every operation from the `count`-th on from now fails.
    public void failAfter(int count) {
        failAt = operations + count;
    }

    public void heal() {
        failAt = Long.MAX_VALUE;
    }

    public int forces() {
        return forces;
    }

    void operation(String path) throws StorageFault {
        operations++;
        if (operations > failAt) {
            throw new StorageFault(StorageFault.Kind.IO, path, "injected");
        }
    }

    /// Calls of every kind so far.
    public long operations() {
        return operations;
    }

    /// Files that the current process opened and did not close.
    public int openFiles() {
        return openFiles;
    }

    void countOpen(int change) {
        openFiles += change;
    }

    void countForce() {
        forces++;
    }

    int generation() {
        return generation;
    }

    /// Power fails: open files die, what was not forced is partly gone.
    public void crash(SeededRandom random) {
        generation++;
        openFiles = 0;
        heal();
        crash(root, random);
    }

    private static void crash(Directory directory, SeededRandom random) {
        if (random.nextBoolean()) {
            directory.live = new TreeMap<>(directory.durable);
        } else {
            directory.durable = new TreeMap<>(directory.live);
        }
        for (Object node : directory.live.values()) {
            if (node instanceof Directory child) {
                crash(child, random);
            } else if (node instanceof MemoryFile file) {
                file.crash(random);
            }
        }
    }

    /// The process dies, the operating system lives: nothing is forgotten.
    public void kill() {
        generation++;
        openFiles = 0;
        heal();
    }

    @Override
    public String location() {
        return "/memory";
    }

    @Override
    public List<String> list(String path) throws StorageFault {
        operation(path);
        Directory directory = directory(path);
        return directory == null ? List.of() : List.copyOf(directory.live.keySet());
    }

    @Override
    public boolean exists(String path) throws StorageFault {
        operation(path);
        return node(path) != null;
    }

    @Override
    public void createDirectory(String path) throws StorageFault {
        operation(path);
        Directory parent = parent(path);
        parent.live.putIfAbsent(name(path), new Directory());
    }

    @Override
    public SegmentFile create(String path) throws StorageFault {
        operation(path);
        if (isFull) {
            throw new StorageFault(StorageFault.Kind.FULL, path, "no space left");
        }
        Directory parent = parent(path);
        if (parent.live.containsKey(name(path))) {
            throw new StorageFault(StorageFault.Kind.EXISTS, path, "the name is taken");
        }
        MemoryFile file = new MemoryFile();
        parent.live.put(name(path), file);
        return file.opened(this, path);
    }

    @Override
    public SegmentFile open(String path) throws StorageFault {
        operation(path);
        return file(path).opened(this, path);
    }

    @Override
    public void rename(String from, String to) throws StorageFault {
        operation(from);
        Object moved = parent(from).live.remove(name(from));
        if (moved == null) {
            throw new StorageFault(StorageFault.Kind.MISSING, from, "no such name");
        }
        parent(to).live.put(name(to), moved);
    }

    @Override
    public void delete(String path) throws StorageFault {
        operation(path);
        Object holder = node(parentPath(path));
        if (holder instanceof Directory directory) {
            directory.live.remove(name(path));
        }
    }

    @Override
    public void forceDirectory(String path) throws StorageFault {
        operation(path);
        Directory directory = directory(path);
        if (directory == null) {
            throw new StorageFault(StorageFault.Kind.MISSING, path, "no such directory");
        }
        directory.durable = new TreeMap<>(directory.live);
    }

    @Override
    public VolumeSpace volumeSpace() throws StorageFault {
        operation("");
        return space;
    }

    /// From now on, or no more, writes and creations find no space; a write is done in part.
    public void setFull(boolean newFull) {
        isFull = newFull;
    }

    boolean isFull() {
        return isFull;
    }

    /// What [#volumeSpace()] says from now on; much is free unless this says otherwise.
    public void setVolumeSpace(VolumeSpace newSpace) {
        space = newSpace;
    }

    /// The bytes of a file, as the operating system has them.
    public byte[] bytes(String path) {
        return unchecked(path).bytes();
    }

    /// Replaces the bytes of a file, durably.
    public void overwrite(String path, byte[] bytes) {
        unchecked(path).overwrite(bytes);
    }

    /// Creates a file with these bytes, durably; its directory must exist.
    public void overwriteOrCreate(String path, byte[] bytes) {
        if (node(parentPath(path)) instanceof Directory directory) {
            MemoryFile file = new MemoryFile();
            file.overwrite(bytes);
            directory.live.put(name(path), file);
            directory.durable.put(name(path), file);
        }
    }

    /// Removes a name, durably.
    public void remove(String path) {
        Object holder = node(parentPath(path));
        if (holder instanceof Directory directory) {
            directory.live.remove(name(path));
            directory.durable.remove(name(path));
        }
    }

    /// The paths of all files, sorted.
    public List<String> files() {
        List<String> paths = new ArrayList<>();
        collect("", root, paths);
        return paths;
    }

    private static void collect(String prefix, Directory directory, List<String> paths) {
        for (Map.Entry<String, Object> entry : directory.live.entrySet()) {
            if (entry.getValue() instanceof Directory child) {
                collect(prefix + entry.getKey() + "/", child, paths);
            } else {
                paths.add(prefix + entry.getKey());
            }
        }
    }

    private MemoryFile unchecked(String path) {
        if (node(path) instanceof MemoryFile file) {
            return file;
        }
        throw new AssertionError("no file " + path + " among " + files());
    }

    private MemoryFile file(String path) throws StorageFault {
        if (node(path) instanceof MemoryFile file) {
            return file;
        }
        throw new StorageFault(StorageFault.Kind.MISSING, path, "no such file");
    }

    private @Nullable Directory directory(String path) {
        return node(path) instanceof Directory directory ? directory : null;
    }

    private Directory parent(String path) throws StorageFault {
        if (node(parentPath(path)) instanceof Directory directory) {
            return directory;
        }
        throw new StorageFault(StorageFault.Kind.MISSING, path, "no such directory");
    }

    private @Nullable Object node(String path) {
        Object node = root;
        for (String part : path.split("/", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            if (!(node instanceof Directory directory)) {
                return null;
            }
            node = directory.live.get(part);
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private static String parentPath(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
