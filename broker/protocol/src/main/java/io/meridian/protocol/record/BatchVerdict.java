package io.meridian.protocol.record;

import io.meridian.protocol.api.ErrorCode;
import java.nio.ByteBuffer;
import java.util.List;

/// What [BatchCheck] says about a batch.
public sealed interface BatchVerdict {
    /// The batch may be stored.
    ///
    /// @param batch the bytes to store: the ones that were checked, or a rewritten copy on the heap where the
    ///     records' offsets had to be put in order
    record Accepted(ByteBuffer batch) implements BatchVerdict {}

    /// The batch must not be stored.
    ///
    /// @param records the records at fault, empty when it is the batch as a whole
    record Refused(ErrorCode error, String detail, List<RecordRefusal> records) implements BatchVerdict {}
}
