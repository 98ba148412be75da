package io.meridian.simulator.disk;

import io.meridian.base.SeededRandom;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.SegmentFile;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.VolumeSpace;
import io.meridian.simulator.disk.DiskFaults.Fate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One log directory in memory, with every freedom that a real device has between two forces.
///
/// Laws, in the order in which they matter:
/// - Bytes written before a force that succeeded survive everything, as long as their file's name does.
/// - A name survives everything once its directory was forced.
/// - A process kill loses nothing that was written; a power loss keeps, drops or tears each write since the last
///   force, may grow a file without its data, and keeps or undoes each name change since the last force.
/// - A force that fails leaves its pages clean: still readable, lost with the power whatever is forced later. Names
///   of a directory whose force failed can be forced again by the next process.
/// - A handle dies with the process that opened it.
public final class SimulatedDisk implements LogStorage {
    private static final long UNLIMITED_BYTES = 1L << 40;

    private final SeededRandom random;
    private final DirectoryNode root = new DirectoryNode();
    private DiskFaults faults = DiskFaults.NONE;
    private long calls;
    private long failures;
    private long capacityBytes = Long.MAX_VALUE;
    private long usedBytes;
    private int life;
    private int openFiles;
    private int openSlices;
    private @Nullable CrashKind crashAfterCall;
    private @Nullable Consumer<String> narrator;

    /// @param random decides what partial failures and crashes leave behind
    public SimulatedDisk(SeededRandom random) {
        this.random = random;
    }

    /// Consulted from now on before every call.
    public void useFaults(DiskFaults newFaults) {
        faults = newFaults;
    }

    /// From now on tells `newNarrator` each call in words, for whoever looks into one run.
    public void narrateTo(Consumer<String> newNarrator) {
        narrator = newNarrator;
    }

    /// Limits the sum of all file sizes; a write beyond it is done in part and fails with FULL.
    public void limitTo(long bytes) {
        capacityBytes = bytes;
    }

    /// Storage calls so far, failed ones included.
    public long calls() {
        return calls;
    }

    /// Calls that failed because the fault plan or the capacity said so.
    public long failures() {
        return failures;
    }

    public long usedBytes() {
        return usedBytes;
    }

    /// Files that the current process opened and did not close.
    public int openFiles() {
        return openFiles;
    }

    /// Slices that the current process handed out and did not get back.
    public int openSlices() {
        return openSlices;
    }

    int life() {
        return life;
    }

    /// Ends the current process: its handles die, and a power loss takes what was not forced.
    public void crash(CrashKind kind) {
        life++;
        openFiles = 0;
        openSlices = 0;
        crashAfterCall = null;
        switch (kind) {
            case PROCESS_KILL -> handlesDie(root);
            case POWER_LOSS -> losePower(root, PowerLoss.draw(random));
        }
        usedBytes = bytesUnder(root);
    }

    private static void handlesDie(DirectoryNode directory) {
        directory.handlesDied();
        for (Node node : directory.entries().values()) {
            switch (node) {
                case FileNode file -> file.handlesDied();
                case DirectoryNode child -> handlesDie(child);
            }
        }
    }

    private void losePower(DirectoryNode directory, PowerLoss loss) {
        directory.losePower(loss, random);
        for (Node node : directory.entries().values()) {
            switch (node) {
                case FileNode file -> file.losePower(loss, random);
                case DirectoryNode child -> losePower(child, loss);
            }
        }
    }

    /// Every file, with its path, sorted.
    public List<String> files() {
        List<String> paths = new ArrayList<>();
        collectFiles(root, "", paths);
        return paths;
    }

    /// The bytes of a file as reads see them; not counted as a call.
    public byte[] contents(String path) {
        return fileAt(path).contents();
    }

    /// Bytes of a file that no power loss can take: none while its name is not durable.
    public int durableBytes(String path) {
        Name name = nameOf(path);
        return name.directory != null && name.directory.isDurable(name.last)
                ? fileAt(path).durableSize()
                : 0;
    }

    /// Damages one bit, as a device does between two reads.
    public void flipBit(String path, int positionBytes, int bit) {
        fileAt(path).flip(positionBytes, bit);
    }

    @Override
    public String location() {
        return "/simulated";
    }

    @Override
    public List<String> list(String directory) throws StorageFault {
        begin(DiskCall.LIST, directory);
        List<String> names = nodeAt(directory) instanceof DirectoryNode found ? found.names() : List.of();
        end();
        return names;
    }

    @Override
    public boolean exists(String path) throws StorageFault {
        begin(DiskCall.EXISTS, path);
        boolean found = nodeAt(path) != null;
        end();
        return found;
    }

    @Override
    public void createDirectory(String path) throws StorageFault {
        begin(DiskCall.CREATE_DIRECTORY, path);
        Name name = nameOf(path);
        DirectoryNode parent = parentOf(name, path);
        Node node = parent.get(name.last);
        if (node instanceof FileNode) {
            throw new StorageFault(StorageFault.Kind.EXISTS, path, "a file has this name");
        }
        if (node == null) {
            parent.add(name.last, new DirectoryNode());
        }
        end();
    }

    @Override
    public SegmentFile create(String path) throws StorageFault {
        begin(DiskCall.CREATE, path);
        Name name = nameOf(path);
        DirectoryNode parent = parentOf(name, path);
        if (parent.get(name.last) != null) {
            throw new StorageFault(StorageFault.Kind.EXISTS, path, "the name is taken");
        }
        FileNode node = new FileNode();
        parent.add(name.last, node);
        end();
        openFiles++;
        return new SimulatedFile(this, node, path);
    }

    @Override
    public SegmentFile open(String path) throws StorageFault {
        begin(DiskCall.OPEN, path);
        if (!(nodeAt(path) instanceof FileNode node)) {
            throw new StorageFault(StorageFault.Kind.MISSING, path, "no such file");
        }
        end();
        openFiles++;
        return new SimulatedFile(this, node, path);
    }

    @Override
    public void rename(String from, String to) throws StorageFault {
        begin(DiskCall.RENAME, from);
        Name source = nameOf(from);
        Name target = nameOf(to);
        DirectoryNode parent = parentOf(source, from);
        if (parentOf(target, to) != parent) {
            throw new DiskMisuse("the simulated disk renames within one directory, not " + from + " to " + to);
        }
        Node node = parent.get(source.last);
        if (node == null) {
            throw new StorageFault(StorageFault.Kind.MISSING, from, "no such name");
        }
        Node replaced = parent.get(target.last);
        if (replaced instanceof DirectoryNode || (replaced != null && node instanceof DirectoryNode)) {
            throw new StorageFault(StorageFault.Kind.EXISTS, to, "the name is taken");
        }
        if (replaced instanceof FileNode file && replaced != node) {
            usedBytes -= file.size();
        }
        parent.rename(source.last, target.last, node);
        end();
    }

    @Override
    public void delete(String path) throws StorageFault {
        begin(DiskCall.DELETE, path);
        Name name = nameOf(path);
        Node node = name.directory == null ? null : name.directory.get(name.last);
        if (name.directory != null && node != null) {
            if (node instanceof DirectoryNode directory) {
                deleteChildren(directory);
            } else if (node instanceof FileNode file) {
                usedBytes -= file.size();
            }
            if (crashAfterCall == null || random.nextBoolean()) {
                name.directory.remove(name.last);
            }
        }
        end();
    }

    /// Removes one name after the other, so that a crash may find a directory half empty.
    private void deleteChildren(DirectoryNode directory) {
        for (String child : directory.names()) {
            if (crashAfterCall != null && random.nextInt(4) == 0) {
                end();
            }
            if (directory.get(child) instanceof DirectoryNode inner) {
                deleteChildren(inner);
            } else if (directory.get(child) instanceof FileNode file) {
                usedBytes -= file.size();
            }
            directory.remove(child);
        }
    }

    @Override
    public void forceDirectory(String directory) throws StorageFault {
        Fate fate = fateOf(DiskCall.FORCE_DIRECTORY, directory);
        if (!(nodeAt(directory) instanceof DirectoryNode node)) {
            throw new StorageFault(StorageFault.Kind.MISSING, directory, "no such directory");
        }
        if (fate == Fate.FAIL) {
            node.forceFailed();
            throw failure(StorageFault.Kind.IO, directory);
        }
        node.forced();
        end();
    }

    /// A disk without a limit is large, not endless: sizes are compared and shown.
    @Override
    public VolumeSpace volumeSpace() throws StorageFault {
        begin(DiskCall.VOLUME_SPACE, "");
        long total = Math.min(capacityBytes, UNLIMITED_BYTES);
        VolumeSpace space = new VolumeSpace(total, Math.max(0, total - usedBytes));
        end();
        return space;
    }

    void force(FileNode node, String path) throws StorageFault {
        Fate fate = fateOf(DiskCall.FORCE, path);
        if (fate == Fate.FAIL) {
            node.forceFailed();
            throw failure(StorageFault.Kind.IO, path);
        }
        node.forced();
        end();
    }

    void write(FileNode node, String path, int position, ByteBuffer[] sources) throws StorageFault {
        Fate fate = fateOf(DiskCall.WRITE, path);
        int total = 0;
        for (ByteBuffer source : sources) {
            total += source.remaining();
        }
        int growth = Math.max(0, position + total - node.size());
        int allowed = total;
        boolean isFull = fate == Fate.NO_SPACE || growth > capacityBytes - usedBytes;
        if (isFull || fate == Fate.FAIL || crashAfterCall != null) {
            allowed = random.nextInt(total + 1);
            if (isFull && capacityBytes - usedBytes < growth) {
                allowed = (int) Math.min(allowed, Math.max(0, total - growth + capacityBytes - usedBytes));
            }
        }
        int written = 0;
        int sizeBefore = node.size();
        for (ByteBuffer source : sources) {
            int length = Math.min(source.remaining(), allowed - written);
            node.write(position + written, source, length);
            written += length;
        }
        usedBytes += node.size() - sizeBefore;
        end();
        if (fate == Fate.FAIL) {
            throw failure(StorageFault.Kind.IO, path);
        }
        if (isFull) {
            throw failure(StorageFault.Kind.FULL, path);
        }
    }

    void truncate(FileNode node, String path, int sizeBytes) throws StorageFault {
        begin(DiskCall.TRUNCATE, path);
        usedBytes -= node.size() - sizeBytes;
        node.truncate(sizeBytes);
        end();
    }

    SimulatedSlice slice(FileNode node, int position, int length) {
        openSlices++;
        return new SimulatedSlice(this, node, position, length);
    }

    void sliceReleased() {
        openSlices--;
    }

    void fileClosed() {
        openFiles--;
    }

    /// Counts a call that has no partial outcome; throws when the fault plan says so.
    void begin(DiskCall call, String path) throws StorageFault {
        Fate fate = fateOf(call, path);
        if (fate == Fate.FAIL) {
            throw failure(StorageFault.Kind.IO, path);
        }
        if (fate == Fate.NO_SPACE && (call == DiskCall.CREATE || call == DiskCall.CREATE_DIRECTORY)) {
            throw failure(StorageFault.Kind.FULL, path);
        }
    }

    /// Dies here when the fault plan wanted the process to die within or after the call.
    void end() {
        CrashKind kind = crashAfterCall;
        if (kind != null) {
            throw new CrashNow(kind);
        }
    }

    private Fate fateOf(DiskCall call, String path) {
        calls++;
        Fate fate = faults.decide(calls, call, path);
        if (narrator != null) {
            narrator.accept("  storage call " + calls + " " + call + " " + path + " " + fate);
        }
        if (fate == Fate.KILL || fate == Fate.LOSE_POWER) {
            CrashKind kind = fate == Fate.KILL ? CrashKind.PROCESS_KILL : CrashKind.POWER_LOSS;
            if (random.nextBoolean()) {
                throw new CrashNow(kind);
            }
            crashAfterCall = kind;
        }
        return fate;
    }

    private StorageFault failure(StorageFault.Kind kind, String path) {
        failures++;
        return new StorageFault(kind, path, "injected at storage call " + calls);
    }

    /// The last part of a path and the directory it is looked up in.
    private record Name(@Nullable DirectoryNode directory, String last) {}

    private Name nameOf(String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return new Name(root, path);
        }
        Node parent = nodeAt(path.substring(0, slash));
        return new Name(parent instanceof DirectoryNode directory ? directory : null, path.substring(slash + 1));
    }

    private static DirectoryNode parentOf(Name name, String path) throws StorageFault {
        DirectoryNode directory = name.directory();
        if (directory == null) {
            throw new StorageFault(StorageFault.Kind.MISSING, path, "its directory does not exist");
        }
        return directory;
    }

    private @Nullable Node nodeAt(String path) {
        if (path.isEmpty()) {
            return root;
        }
        Name name = nameOf(path);
        return name.directory() == null ? null : name.directory().get(name.last());
    }

    private FileNode fileAt(String path) {
        if (nodeAt(path) instanceof FileNode file) {
            return file;
        }
        throw new IllegalArgumentException("no file " + path);
    }

    private static void collectFiles(DirectoryNode directory, String prefix, List<String> paths) {
        for (Map.Entry<String, Node> entry : directory.entries().entrySet()) {
            switch (entry.getValue()) {
                case FileNode file -> paths.add(prefix + entry.getKey());
                case DirectoryNode child -> collectFiles(child, prefix + entry.getKey() + "/", paths);
            }
        }
    }

    private static long bytesUnder(DirectoryNode directory) {
        long sum = 0;
        for (Node node : directory.entries().values()) {
            sum += switch (node) {
                case FileNode file -> file.size();
                case DirectoryNode child -> bytesUnder(child);
            };
        }
        return sum;
    }
}
