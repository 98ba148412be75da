package io.meridian.protocol.record;

import io.meridian.protocol.api.ErrorCode;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether the `records` field of a produce request may be stored, in the order Kafka checks: framing, size,
/// CRC, header, timestamps, records.
///
/// Touches no state. It may correct the maximum timestamp in place, where the records were looked at and the header
/// disagrees with them. Transactional batches are not refused here: that is the log's decision.
public final class BatchCheck {
    private static final int INFLATED_BYTES_MIN = 16 << 20;

    private final RecordBatchView batch;
    private final BatchRules rules;
    private final long nowMs;

    private BatchCheck(RecordBatchView batch, BatchRules rules, long nowMs) {
        this.batch = batch;
        this.rules = rules;
        this.nowMs = nowMs;
    }

    /// Checks the remaining bytes of `records`, which must be writable and big-endian.
    ///
    /// @param view a view to work with; it looks at the batch afterwards
    public static BatchVerdict check(ByteBuffer records, BatchRules rules, long nowMs, RecordBatchView view) {
        view.wrap(records, records.position());
        BatchVerdict.Refused refused = framing(records.remaining(), view);
        return refused != null ? refused : new BatchCheck(view, rules, nowMs).decide(records);
    }

    private static BatchVerdict.@Nullable Refused framing(int availableBytes, RecordBatchView view) {
        if (availableBytes >= RecordBatchView.HEADER_BYTES
                && view.lengthField() < RecordBatchView.HEADER_BYTES - RecordBatchView.LENGTH_OVERHEAD_BYTES) {
            return refuse(ErrorCode.CORRUPT_MESSAGE, "impossible batch length " + view.lengthField());
        }
        String problem = view.structureProblem(availableBytes);
        if (problem != null) {
            return invalid(problem);
        }
        if (view.sizeBytes() != availableBytes) {
            return invalid("expected exactly one batch per partition, found " + (availableBytes - view.sizeBytes())
                    + " bytes behind the first");
        }
        return null;
    }

    private BatchVerdict decide(ByteBuffer records) {
        int sizeBytes = batch.sizeBytes();
        if (sizeBytes > rules.maxMessageBytes()) {
            return refuse(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "a batch of " + sizeBytes + " bytes, allowed are " + rules.maxMessageBytes());
        }
        if (!batch.crcIsValid()) {
            return refuse(
                    ErrorCode.CORRUPT_MESSAGE,
                    "the batch says CRC " + batch.crc() + ", its bytes have " + batch.computedCrc());
        }
        BatchVerdict.Refused header = header();
        if (header != null) {
            return header;
        }
        if (sizeBytes > rules.segmentBytes()) {
            return refuse(
                    ErrorCode.RECORD_LIST_TOO_LARGE,
                    "a batch of " + sizeBytes + " bytes, a segment has " + rules.segmentBytes());
        }
        BatchVerdict.Refused timestamps = headerTimestamps();
        if (timestamps != null) {
            return timestamps;
        }
        return mustOpen() ? records(records) : new BatchVerdict.Accepted(records);
    }

    private BatchVerdict.@Nullable Refused header() {
        if (batch.isControl()) {
            return invalid("clients do not write control batches");
        }
        if (batch.hasDeleteHorizon()) {
            return invalid("clients do not set a delete horizon");
        }
        if (batch.recordCount() <= 0 || batch.recordCount() - 1 != batch.lastOffsetDelta()) {
            return invalid(
                    "record count " + batch.recordCount() + " with last offset delta " + batch.lastOffsetDelta());
        }
        if (batch.compression() == null) {
            return invalid("unknown compression " + batch.compressionCode());
        }
        if (batch.hasProducerId() && (batch.baseSequence() < 0 || batch.producerEpoch() < 0)) {
            return invalid("producer id " + batch.producerId() + " with epoch " + batch.producerEpoch()
                    + " and sequence " + batch.baseSequence());
        }
        return null;
    }

    private BatchVerdict.@Nullable Refused headerTimestamps() {
        if (rules.logAppendTime()) {
            return null;
        }
        if (batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
            return refuse(ErrorCode.INVALID_TIMESTAMP, "only the broker sets LogAppendTime");
        }
        if (!isInBounds(batch.maxTimestampMs()) || !isInBounds(batch.baseTimestampMs())) {
            return refuse(
                    ErrorCode.INVALID_TIMESTAMP,
                    "timestamps " + batch.baseTimestampMs() + " to " + batch.maxTimestampMs() + " are out of bounds at "
                            + nowMs);
        }
        return null;
    }

    private boolean isInBounds(long timestampMs) {
        if (timestampMs == RecordBatchView.NO_TIMESTAMP) {
            return true;
        }
        if (timestampMs < 0) {
            return false;
        }
        return timestampMs > nowMs
                ? timestampMs - nowMs <= rules.timestampAfterMaxMs()
                : nowMs - timestampMs <= rules.timestampBeforeMaxMs();
    }

    private boolean mustOpen() {
        return !batch.isCompressed() || rules.compacted() || rules.validation() == BatchValidation.STRICT;
    }

    private BatchVerdict records(ByteBuffer stored) {
        Compression codec = batch.compression();
        if (codec == null) {
            return invalid("unknown compression " + batch.compressionCode());
        }
        int cap = Math.max(rules.maxMessageBytes(), INFLATED_BYTES_MIN);
        return switch (codec.inflate(batch.recordBytes(), cap)) {
            case Inflation.Failed failed -> invalid(failed.reason());
            case Inflation.Inflated inflated -> walk(stored, inflated.records());
        };
    }

    private BatchVerdict walk(ByteBuffer stored, ByteBuffer plain) {
        RecordCursor cursor = new RecordCursor(plain, batch.recordCount());
        boolean inOrder = true;
        long maxTimestampMs = RecordBatchView.NO_TIMESTAMP;
        RecordCursor.Step step = cursor.next();
        while (step == RecordCursor.Step.RECORD) {
            if (rules.compacted() && !cursor.hasKey()) {
                return invalid(cursor.index(), "a record of a compacted topic needs a key");
            }
            long timestampMs = batch.baseTimestampMs() + cursor.timestampDelta();
            if (!rules.logAppendTime() && !isInBounds(timestampMs)) {
                String message = "timestamp " + timestampMs + " is out of bounds at " + nowMs;
                return new BatchVerdict.Refused(
                        ErrorCode.INVALID_TIMESTAMP, message, List.of(new RecordRefusal(cursor.index(), message)));
            }
            maxTimestampMs = Math.max(maxTimestampMs, timestampMs);
            inOrder &= cursor.offsetDelta() == cursor.index();
            step = cursor.next();
        }
        if (step == RecordCursor.Step.MALFORMED) {
            return invalid(Math.max(0, cursor.index()), cursor.problem());
        }
        if (!inOrder) {
            return rewritten(plain);
        }
        if (!rules.logAppendTime()) {
            batch.setMaxTimestamp(TimestampType.CREATE_TIME, maxTimestampMs);
        }
        return new BatchVerdict.Accepted(stored);
    }

    /// The same records with offsets 0 to n-1: some clients number them otherwise, and Kafka corrects that silently.
    private BatchVerdict rewritten(ByteBuffer plain) {
        ByteBuffer copy = BatchRewrite.inOrder(batch, plain);
        if (copy.remaining() > Math.min(rules.maxMessageBytes(), rules.segmentBytes())) {
            return refuse(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "rewritten with offsets in order the batch has " + copy.remaining() + " bytes");
        }
        batch.wrap(copy, copy.position());
        return new BatchVerdict.Accepted(copy);
    }

    private static BatchVerdict.Refused invalid(int batchIndex, String message) {
        return new BatchVerdict.Refused(
                ErrorCode.INVALID_RECORD, message, List.of(new RecordRefusal(batchIndex, message)));
    }

    private static BatchVerdict.Refused invalid(String detail) {
        return refuse(ErrorCode.INVALID_RECORD, detail);
    }

    private static BatchVerdict.Refused refuse(ErrorCode error, String detail) {
        return new BatchVerdict.Refused(error, detail, List.of());
    }
}
