package io.meridian.bench.jmh;

import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.wire.WireReader;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Bytes of a request to its message.
@State(Scope.Thread)
public class DecodeBenchmark {
    private final ByteBuffer produce = Samples.bytesOf(Samples.produceRequest(), Samples.PRODUCE_VERSION);
    private final ByteBuffer fetch = Samples.bytesOf(Samples.fetchRequest(), Samples.FETCH_VERSION);
    private final ByteBuffer metadata = Samples.bytesOf(Samples.metadataRequest(), Samples.METADATA_VERSION);

    @Benchmark
    public ProduceRequest produce() {
        return ProduceRequest.read(new WireReader(produce.duplicate()), Samples.PRODUCE_VERSION);
    }

    @Benchmark
    public FetchRequest fetch() {
        return FetchRequest.read(new WireReader(fetch.duplicate()), Samples.FETCH_VERSION);
    }

    @Benchmark
    public MetadataRequest metadata() {
        return MetadataRequest.read(new WireReader(metadata.duplicate()), Samples.METADATA_VERSION);
    }
}
