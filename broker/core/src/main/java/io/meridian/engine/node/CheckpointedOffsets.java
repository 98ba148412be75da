package io.meridian.engine.node;

import io.meridian.log.PartitionLog;
import java.util.SortedMap;
import java.util.TreeMap;

/// Offsets of some logs, as the checkpoint files of the log directory keep them.
///
/// @param recoveryPoints everything below is durable, so that something wrong there is damage and no torn write
/// @param logStartOffsets first offsets kept, where they are not 0
record CheckpointedOffsets(SortedMap<LogName, Long> recoveryPoints, SortedMap<LogName, Long> logStartOffsets) {
    static final CheckpointedOffsets NONE = new CheckpointedOffsets(new TreeMap<>(), new TreeMap<>());

    static CheckpointedOffsets of(Iterable<PartitionLog> logs) {
        SortedMap<LogName, Long> recoveryPoints = new TreeMap<>();
        SortedMap<LogName, Long> logStartOffsets = new TreeMap<>();
        for (PartitionLog log : logs) {
            LogName name = LogName.of(log.identity());
            recoveryPoints.put(name, log.recoveryPoint());
            if (log.intendedStartOffset() > 0) {
                logStartOffsets.put(name, log.intendedStartOffset());
            }
        }
        return new CheckpointedOffsets(recoveryPoints, logStartOffsets);
    }

    /// These and those of `other`, whose entries count where both have one.
    CheckpointedOffsets and(CheckpointedOffsets other) {
        SortedMap<LogName, Long> allRecoveryPoints = new TreeMap<>(recoveryPoints);
        allRecoveryPoints.putAll(other.recoveryPoints);
        SortedMap<LogName, Long> allLogStartOffsets = new TreeMap<>(logStartOffsets);
        allLogStartOffsets.putAll(other.logStartOffsets);
        return new CheckpointedOffsets(allRecoveryPoints, allLogStartOffsets);
    }

    /// These, with the log start offsets of `other` where they are larger.
    CheckpointedOffsets andStarts(SortedMap<LogName, Long> others) {
        SortedMap<LogName, Long> starts = new TreeMap<>(logStartOffsets);
        others.forEach((name, offset) -> starts.merge(name, offset, Math::max));
        return new CheckpointedOffsets(recoveryPoints, starts);
    }

    /// The entries of one log.
    CheckpointedOffsets only(LogName name) {
        SortedMap<LogName, Long> recoveryPoint = new TreeMap<>();
        SortedMap<LogName, Long> logStartOffset = new TreeMap<>();
        if (recoveryPoints.containsKey(name)) {
            recoveryPoint.put(name, recoveryPoints.get(name));
        }
        if (logStartOffsets.containsKey(name)) {
            logStartOffset.put(name, logStartOffsets.get(name));
        }
        return new CheckpointedOffsets(recoveryPoint, logStartOffset);
    }
}
