package io.meridian.log;

import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.record.RecordRefusal;
import java.util.List;

/// What became of an append's plan.
public sealed interface AppendOutcome {
    /// Offsets are given and the batch is queued for writing.
    ///
    /// @param logAppendTimeMs -1 when the records keep the producer's timestamps
    record Appended(long baseOffset, long lastOffset, long logAppendTimeMs) implements AppendOutcome {}

    /// The batch was appended before, at these offsets; nothing is stored. It is as durable as the original is,
    /// which may still be on its way.
    record Duplicate(long baseOffset, long lastOffset, long logAppendTimeMs) implements AppendOutcome {}

    /// Nothing is stored.
    ///
    /// @param records the records at fault, empty when it is the batch as a whole
    record Refused(ErrorCode error, String detail, List<RecordRefusal> records) implements AppendOutcome {}
}
