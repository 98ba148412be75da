package io.meridian.engine.node;

import io.meridian.base.SeededRandom;
import io.meridian.log.LogIdentity;
import io.meridian.log.OpenPoint;
import io.meridian.log.checkpoint.CheckpointResult;
import io.meridian.log.checkpoint.CleanShutdownMarker;
import io.meridian.log.checkpoint.MetaProperties;
import io.meridian.log.checkpoint.OffsetCheckpoint;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a log directory says before anything in it is opened: whose it is, where recovery of each log begins, and
/// whether the last stop was clean.
///
/// Opening it takes the mark of a clean stop away, durably, before anything is written, so that a crash from then on
/// is seen as one. Blocking; done once, by one process at a time, before the loops start.
public final class DataDirectory {
    static final String DELETED_SUFFIX = "-delete";

    private final MetaProperties properties;
    private final CheckpointedOffsets offsets;
    private final boolean areStartsKnown;
    private final boolean cleanShutdown;
    private final List<String> warnings;

    /// What came of opening.
    public sealed interface Result {
        record Opened(DataDirectory directory) implements Result {}

        /// The directory is not for this process. Nothing was changed.
        ///
        /// @param reason what was found and what was expected
        record Refused(String reason) implements Result {}
    }

    private DataDirectory(
            MetaProperties properties,
            CheckpointedOffsets offsets,
            boolean areStartsKnown,
            boolean cleanShutdown,
            List<String> warnings) {
        this.properties = properties;
        this.offsets = offsets;
        this.areStartsKnown = areStartsKnown;
        this.cleanShutdown = cleanShutdown;
        this.warnings = warnings;
    }

    /// @param clusterId the identity the directory must have, or gets when it is new; empty to accept or draw any
    /// @param random draws the identities of a new directory
    public static Result open(LogStorage storage, int nodeId, String clusterId, SeededRandom random)
            throws StorageFault {
        return switch (MetaProperties.read(storage)) {
            case CheckpointResult.Damaged<MetaProperties>(String reason) -> new Result.Refused(reason);
            case CheckpointResult.Missing<MetaProperties>() -> create(storage, nodeId, clusterId, random);
            case CheckpointResult.Content<MetaProperties>(MetaProperties found) -> {
                if (found.nodeId() != nodeId) {
                    yield new Result.Refused("the data directory belongs to node " + found.nodeId() + ", expected node "
                            + nodeId + " (node.id)");
                }
                if (!clusterId.isEmpty() && !clusterId.equals(found.clusterId())) {
                    yield new Result.Refused("the data directory belongs to cluster " + found.clusterId()
                            + ", expected cluster " + clusterId + " (cluster.id)");
                }
                yield load(storage, found);
            }
        };
    }

    private static Result create(LogStorage storage, int nodeId, String clusterId, SeededRandom random)
            throws StorageFault {
        for (String name : storage.list("")) {
            if (LogName.parse(name) != null) {
                return new Result.Refused("the data directory has partitions (" + name + ") but no "
                        + MetaProperties.NAME + ": expected an empty directory or a complete one");
            }
        }
        String newClusterId = clusterId.isEmpty() ? random.nextUuid().toString() : clusterId;
        MetaProperties properties =
                new MetaProperties(newClusterId, nodeId, random.nextUuid().toString());
        properties.write(storage);
        return new Result.Opened(new DataDirectory(properties, CheckpointedOffsets.NONE, true, false, List.of()));
    }

    private static Result load(LogStorage storage, MetaProperties properties) throws StorageFault {
        List<String> warnings = new ArrayList<>();
        boolean clean = CleanShutdownMarker.exists(storage);
        SortedMap<LogName, Long> recoveryPoints = read(storage, OffsetCheckpoint.RECOVERY_POINT, warnings);
        int warningsBefore = warnings.size();
        SortedMap<LogName, Long> logStartOffsets = read(storage, OffsetCheckpoint.LOG_START, warnings);
        boolean areStartsKnown = warnings.size() == warningsBefore
                && (recoveryPoints.isEmpty() || storage.exists(OffsetCheckpoint.LOG_START.fileName()));
        CheckpointedOffsets offsets = new CheckpointedOffsets(recoveryPoints, logStartOffsets);
        if (clean) {
            CleanShutdownMarker.remove(storage);
        }
        for (String name : storage.list("")) {
            if (name.endsWith(DELETED_SUFFIX)) {
                storage.delete(name);
            }
        }
        return new Result.Opened(
                new DataDirectory(properties, offsets, areStartsKnown, clean && warnings.isEmpty(), warnings));
    }

    private static SortedMap<LogName, Long> read(LogStorage storage, OffsetCheckpoint file, List<String> warnings)
            throws StorageFault {
        SortedMap<LogName, Long> offsets = new TreeMap<>();
        switch (file.read(storage)) {
            case CheckpointResult.Content<List<OffsetCheckpoint.Entry>>(List<OffsetCheckpoint.Entry> entries) -> {
                for (OffsetCheckpoint.Entry entry : entries) {
                    offsets.put(new LogName(entry.topic(), entry.partition()), entry.offset());
                }
            }
            case CheckpointResult.Missing<List<OffsetCheckpoint.Entry>>() -> {}
            case CheckpointResult.Damaged<List<OffsetCheckpoint.Entry>>(String reason) -> warnings.add(reason);
        }
        return offsets;
    }

    public String clusterId() {
        return properties.clusterId();
    }

    public String directoryId() {
        return properties.directoryId();
    }

    /// Whether every log was closed in order when the last process ended.
    public boolean cleanShutdown() {
        return cleanShutdown;
    }

    /// Checkpoint files that could not be read; recovery then looks at everything.
    public List<String> warnings() {
        return warnings;
    }

    /// Where recovery of a log begins that the metadata knew when the process started.
    OpenPoint openPoint(LogIdentity identity) {
        LogName name = LogName.of(identity);
        boolean known = offsets.recoveryPoints().containsKey(name);
        return new OpenPoint(
                offsets.recoveryPoints().getOrDefault(name, 0L),
                areStartsKnown ? offsets.logStartOffsets().getOrDefault(name, 0L) : OpenPoint.UNKNOWN_START,
                cleanShutdown && known,
                !known);
    }

    /// Whether the checkpoints say that something of this log was forced.
    boolean isKnownDurable(LogName name) {
        return offsets.recoveryPoints().getOrDefault(name, 0L) > 0;
    }

    /// What was checkpointed of a log: kept for one that cannot be opened, so that the next start still knows.
    CheckpointedOffsets offsetsOf(LogIdentity identity) {
        return offsets.only(LogName.of(identity));
    }
}
