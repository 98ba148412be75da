package io.meridian.bench.jmh;

import io.meridian.protocol.record.BatchCheck;
import io.meridian.protocol.record.BatchRules;
import io.meridian.protocol.record.BatchValidation;
import io.meridian.protocol.record.BatchVerdict;
import io.meridian.protocol.record.Compression;
import io.meridian.protocol.record.RecordBatchView;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Whether one batch of 16 KiB may be stored.
@State(Scope.Thread)
public class BatchValidationBenchmark {
    private final RecordBatchView view = new RecordBatchView();
    private final ByteBuffer plain = direct(Samples.batch(Compression.NONE));
    private final ByteBuffer lz4 = direct(Samples.batch(Compression.LZ4));
    private final BatchRules relaxedRules = rules(BatchValidation.RELAXED);
    private final BatchRules strictRules = rules(BatchValidation.STRICT);

    @Benchmark
    public BatchVerdict plainRelaxed() {
        return BatchCheck.check(plain, relaxedRules, Samples.NOW_MS, view);
    }

    @Benchmark
    public BatchVerdict plainStrict() {
        return BatchCheck.check(plain, strictRules, Samples.NOW_MS, view);
    }

    @Benchmark
    public BatchVerdict lz4Relaxed() {
        return BatchCheck.check(lz4, relaxedRules, Samples.NOW_MS, view);
    }

    @Benchmark
    public BatchVerdict lz4Strict() {
        return BatchCheck.check(lz4, strictRules, Samples.NOW_MS, view);
    }

    private static BatchRules rules(BatchValidation validation) {
        return new BatchRules(1 << 20, 1 << 30, false, false, Long.MAX_VALUE, Long.MAX_VALUE, validation);
    }

    /// Frames come from sockets into direct buffers.
    private static ByteBuffer direct(ByteBuffer batch) {
        var copy = ByteBuffer.allocateDirect(batch.remaining())
                .put(batch.duplicate())
                .flip();
        if (BatchCheck.check(copy, rules(BatchValidation.STRICT), Samples.NOW_MS, new RecordBatchView())
                instanceof BatchVerdict.Refused refused) {
            throw new IllegalStateException("the sample is refused: " + refused);
        }
        return copy;
    }
}
