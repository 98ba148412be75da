package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.engine.testing.TestRequest;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.wire.RequestMessage;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What one request may allocate between its message and its answer. The bounds are what was measured plus a quarter:
/// they are there to notice a list, a copy or a stream that has crept in, and are to be lowered when something has
/// gone.
/// Counted with each request are the objects of the test's own ring.
final class AllocationBudgetTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int PRODUCE_BYTES_MAX = 4_800;
    private static final int SYNCED_PRODUCE_BYTES_MAX = 5_800;
    private static final int FETCH_BYTES_MAX = 2_900;
    private static final int EMPTY_FETCH_BYTES_MAX = 2_700;
    private static final int WARM_UPS = 3_000;
    private static final int REQUESTS = 500;
    private static final int PASSES = 5;
    private static final int PRODUCE_VERSION = 12;
    private static final int FETCH_VERSION = 12;

    private final TestBroker broker = TestBroker.start(1);

    @Test
    void produceThatWaitsForNobodyStaysInItsBudget() {
        broker.createTopic("orders", 1, Map.of("flush.policy", "os"));

        assertThat(bytesPerRequest(() -> produce(1), PRODUCE_VERSION)).isLessThan(PRODUCE_BYTES_MAX);
    }

    @Test
    void produceThatWaitsForItsSyncStaysInItsBudget() {
        broker.createTopic("orders", 1, Map.of());

        assertThat(bytesPerRequest(() -> produce(-1), PRODUCE_VERSION)).isLessThan(SYNCED_PRODUCE_BYTES_MAX);
    }

    @Test
    void fetchOfRecentRecordsStaysInItsBudget() {
        broker.createTopic("orders", 1, Map.of());
        send(produce(-1), PRODUCE_VERSION);
        FetchRequest request = Batches.fetch("orders", 0, 0, 1, 0);

        assertThat(bytesPerRequest(() -> request, FETCH_VERSION)).isLessThan(FETCH_BYTES_MAX);
    }

    @Test
    void fetchThatFindsNothingStaysInItsBudget() {
        broker.createTopic("orders", 1, Map.of());
        FetchRequest request = Batches.fetch("orders", 0, 0, 1, 0);

        assertThat(bytesPerRequest(() -> request, FETCH_VERSION)).isLessThan(EMPTY_FETCH_BYTES_MAX);
    }

    /// With a batch of its own, since batches are stored in place.
    private static ProduceRequest produce(int acks) {
        return Batches.produce(acks, "orders", 0, Batches.plain("a value of some forty bytes, more or less"));
    }

    private void send(RequestMessage request, int version) {
        TestRequest answered = broker.send(request, version);
        if (!answered.isDone()) {
            throw new AssertionError("not answered: " + request);
        }
    }

    /// The least of some passes: what the virtual machine does besides only ever adds.
    private long bytesPerRequest(Supplier<RequestMessage> requests, int version) {
        for (int i = 0; i < WARM_UPS; i++) {
            send(requests.get(), version);
        }
        long least = Long.MAX_VALUE;
        for (int pass = 0; pass < PASSES; pass++) {
            List<RequestMessage> prepared =
                    Stream.generate(requests).limit(REQUESTS).toList();
            long before = allocatedBytes();
            for (RequestMessage request : prepared) {
                send(request, version);
            }
            least = Math.min(least, (allocatedBytes() - before) / REQUESTS);
        }
        return least;
    }

    private long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes() - broker.bytesAllocatedByJobs();
    }
}
