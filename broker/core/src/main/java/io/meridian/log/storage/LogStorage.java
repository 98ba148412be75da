package io.meridian.log.storage;

import java.util.Collection;
import java.util.List;

/// Names in one log directory. A path is relative to that directory, its parts joined by `/`; the empty path is the
/// directory itself. A partition's directory is one level deep.
public interface LogStorage {
    /// Where the log directory is, as its owner calls it. For people: no path is made from it.
    String location();

    /// The names directly under `directory`, sorted; empty when there is no such directory.
    List<String> list(String directory) throws StorageFault;

    boolean exists(String path) throws StorageFault;

    /// Creates a directory; its parent must exist. Not an error when it exists.
    void createDirectory(String path) throws StorageFault;

    /// Creates an empty file. A fault of kind EXISTS when the name is taken.
    SegmentFile create(String path) throws StorageFault;

    /// Opens an existing file for reading and writing. A fault of kind MISSING when there is none.
    SegmentFile open(String path) throws StorageFault;

    /// Gives a file or a directory another name, atomically, replacing a file of that name.
    void rename(String from, String to) throws StorageFault;

    /// Removes a file, or a directory with everything in it. Not an error when it is gone already. Open slices of a
    /// removed file stay readable until they are released.
    void delete(String path) throws StorageFault;

    /// Makes everything written so far to `files` and to the closed files at `paths`, then the names in `directories`,
    /// durable, in one operation where the file system has one that is cheaper than a sync of each. After a fault
    /// nothing is known about any of them.
    default void forceAll(List<? extends SegmentFile> files, List<String> paths, Collection<String> directories)
            throws StorageFault {
        for (SegmentFile file : files) {
            file.force();
        }
        for (String path : paths) {
            forceClosed(path);
        }
        for (String directory : directories) {
            forceDirectory(directory);
        }
    }

    /// Makes everything written so far to a file that is not open any more durable.
    default void forceClosed(String path) throws StorageFault {
        SegmentFile file = open(path);
        try {
            file.force();
        } finally {
            file.close();
        }
    }

    /// Makes creations, renames and deletions of names directly under `directory` durable.
    void forceDirectory(String directory) throws StorageFault;

    /// Whether so many more files can be open for good, from what is known without asking: it does not block. What
    /// is found to fit counts as taken for a moment.
    default boolean hasRoomForFiles(int files) {
        return true;
    }

    /// The space of the volume now. Blocks like every other call.
    VolumeSpace volumeSpace() throws StorageFault;
}
