package io.meridian.log.state;

import io.meridian.protocol.api.ErrorCode;

/// What the producer state says about a batch.
public sealed interface SequenceVerdict {
    /// The next batch of its producer, or one without a producer id.
    record Next() implements SequenceVerdict {}

    /// A retry of a batch that is in the log.
    record Retry(ProducerBatch original) implements SequenceVerdict {}

    record Refused(ErrorCode error, String detail) implements SequenceVerdict {}
}
