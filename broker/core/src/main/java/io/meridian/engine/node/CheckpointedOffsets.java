package io.meridian.engine.node;

import io.meridian.log.PartitionLog;
import java.util.SortedMap;
import java.util.TreeMap;

/// Offsets of some logs, by the name of their directories, as the checkpoint files of the log directory keep them.
///
/// @param recoveryPoints everything below is durable and verified at a recovery
/// @param logStartOffsets first offsets kept, where they are not 0
record CheckpointedOffsets(SortedMap<String, Long> recoveryPoints, SortedMap<String, Long> logStartOffsets) {
    static final CheckpointedOffsets NONE = new CheckpointedOffsets(new TreeMap<>(), new TreeMap<>());

    static CheckpointedOffsets of(Iterable<PartitionLog> logs) {
        SortedMap<String, Long> recoveryPoints = new TreeMap<>();
        SortedMap<String, Long> logStartOffsets = new TreeMap<>();
        for (PartitionLog log : logs) {
            String name = log.identity().directoryName();
            recoveryPoints.put(name, log.recoveryPoint());
            if (log.logStartOffset() > 0) {
                logStartOffsets.put(name, log.logStartOffset());
            }
        }
        return new CheckpointedOffsets(recoveryPoints, logStartOffsets);
    }

    /// These and those of `other`; a log is in one of them only.
    CheckpointedOffsets and(CheckpointedOffsets other) {
        SortedMap<String, Long> allRecoveryPoints = new TreeMap<>(recoveryPoints);
        allRecoveryPoints.putAll(other.recoveryPoints);
        SortedMap<String, Long> allLogStartOffsets = new TreeMap<>(logStartOffsets);
        allLogStartOffsets.putAll(other.logStartOffsets);
        return new CheckpointedOffsets(allRecoveryPoints, allLogStartOffsets);
    }
}
