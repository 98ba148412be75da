package io.meridian.protocol.record;

/// What a topic demands of the batches appended to it.
///
/// @param maxMessageBytes largest batch, header included
/// @param segmentBytes no batch may be larger than a segment
/// @param compacted every record needs a key
/// @param logAppendTime the broker overwrites timestamps, so the client's are not checked
/// @param timestampBeforeMaxMs how far a timestamp may lie before now
/// @param timestampAfterMaxMs how far a timestamp may lie after now
public record BatchRules(
        int maxMessageBytes,
        int segmentBytes,
        boolean compacted,
        boolean logAppendTime,
        long timestampBeforeMaxMs,
        long timestampAfterMaxMs,
        BatchValidation validation) {}
