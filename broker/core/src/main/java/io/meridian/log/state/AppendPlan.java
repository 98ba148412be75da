package io.meridian.log.state;

import io.meridian.protocol.api.ErrorCode;

/// Where a batch will be stored.
public sealed interface AppendPlan {
    /// @param rolls the batch opens a new segment, whose base is its base offset
    record Append(long baseOffset, long lastOffset, int positionBytes, boolean rolls) implements AppendPlan {}

    record Duplicate(ProducerBatch original) implements AppendPlan {}

    record Refused(ErrorCode error, String detail) implements AppendPlan {}
}
