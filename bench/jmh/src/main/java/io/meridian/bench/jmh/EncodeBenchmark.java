package io.meridian.bench.jmh;

import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.message.ProduceResponse;
import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.WirePart;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// A response to the parts of its frame. Buffers are given again and again, as a pool would.
@State(Scope.Thread)
public class EncodeBenchmark {
    private static final int POOLED_BUFFERS = 8; // more than any of these frames takes
    private final ProduceResponse produce = Samples.produceResponse();
    private final FetchResponse fetch = Samples.fetchResponse();
    private final MetadataResponse metadata = Samples.metadataResponse();
    private final ByteBuffer[] pool = new ByteBuffer[POOLED_BUFFERS];
    private int next;

    public EncodeBenchmark() {
        for (int i = 0; i < POOLED_BUFFERS; i++) {
            pool[i] = ByteBuffer.allocateDirect(64 * 1024);
        }
    }

    @Benchmark
    public List<WirePart> produce() {
        return encode(produce, Samples.PRODUCE_VERSION);
    }

    @Benchmark
    public List<WirePart> fetch() {
        return encode(fetch, Samples.FETCH_VERSION);
    }

    @Benchmark
    public List<WirePart> metadataOfThousandPartitions() {
        return encode(metadata, Samples.METADATA_VERSION);
    }

    private List<WirePart> encode(Message message, short version) {
        var writer = WireWriter.framed(minimumBytes -> pool[next++ & (POOLED_BUFFERS - 1)].clear());
        message.write(writer, version);
        return writer.parts();
    }
}
