package io.meridian.log.segment;

import java.util.List;

/// What opening a log did, for an operator to read.
///
/// @param isNew the log had no files
/// @param scannedBytes bytes whose CRC was checked
/// @param cutBytes bytes taken off the end of the log, all above the recovery point
/// @param keptFiles paths of files that hold cut bytes with valid batches among them
/// @param notes what was rebuilt, ignored or removed
public record RecoveryReport(
        boolean isNew, long scannedBytes, long cutBytes, List<String> keptFiles, List<String> notes) {}
