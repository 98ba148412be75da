package io.meridian.protocol.record;

import java.nio.ByteBuffer;

/// Makes a copy of a batch whose records are numbered 0 to n-1.
final class BatchRewrite {
    private BatchRewrite() {}

    /// @param plain the uncompressed records, walked before and found well-formed
    static ByteBuffer inOrder(RecordBatchView batch, ByteBuffer plain) {
        Compression codec = batch.compression();
        RecordBatchBuilder builder = new RecordBatchBuilder()
                .compression(codec == null ? Compression.NONE : codec)
                .producer(batch.producerId(), batch.producerEpoch(), batch.baseSequence());
        if (batch.isTransactional()) {
            builder.transactional();
        }
        if (batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
            builder.logAppendTime();
        }
        RecordCursor cursor = new RecordCursor(plain, batch.recordCount());
        while (cursor.next() == RecordCursor.Step.RECORD) {
            builder.appendEncoded(batch.baseTimestampMs() + cursor.timestampDelta(), cursor.encodedPayload());
        }
        return builder.build();
    }
}
