package io.meridian.server.metrics;

import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.transport.ByteBudget;
import io.meridian.transport.DropReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// What connections and requests count.
public final class NetworkMetrics {
    private static final Duration[] BUCKETS = Arrays.stream(
                    new long[] {250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 100_000, 500_000, 2_500_000})
            .mapToObj(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
            .toArray(Duration[]::new);

    private final Map<ApiKey, Timer> requestSeconds = new EnumMap<>(ApiKey.class);
    private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);
    private final Counter receivedBytes;
    private final Counter sentBytes;
    private final Counter accepted;
    private final Counter delayed;
    private final Counter acceptFailures;
    private final MetricRegistry registry;

    public NetworkMetrics(MetricRegistry registry) {
        this.registry = registry;
        for (ApiSupport support : ApiSupport.offered()) {
            requestSeconds.put(
                    support.apiKey(),
                    registry.timer(
                            BrokerMetric.REQUEST_SECONDS,
                            BUCKETS,
                            support.apiKey().apiName()));
        }
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, registry.counter(BrokerMetric.CONNECTIONS_DROPPED, reason.label()));
        }
        receivedBytes = registry.counter(BrokerMetric.RECEIVED_BYTES);
        sentBytes = registry.counter(BrokerMetric.SENT_BYTES);
        accepted = registry.counter(BrokerMetric.CONNECTIONS_ACCEPTED);
        delayed = registry.counter(BrokerMetric.CONNECTIONS_DELAYED);
        acceptFailures = registry.counter(BrokerMetric.ACCEPT_FAILURES);
        for (String limit : List.of("total", "address", "address_rate", "files", "http")) {
            registry.counter(BrokerMetric.CONNECTIONS_REFUSED, limit);
        }
    }

    /// Shows how much of the budget is used.
    public void watch(ByteBudget budget) {
        registry.gauge(BrokerMetric.BUDGET_USED_BYTES, budget::usedBytes);
        registry.gauge(BrokerMetric.BUDGET_BOUND_BYTES, budget::boundBytes);
        registry.gauge(BrokerMetric.BUDGET_WAITING, budget::waiting);
    }

    /// Shows how many connections are open.
    public void watchConnections(IntSupplier open) {
        registry.gauge(BrokerMetric.CONNECTIONS, open::getAsInt);
    }

    public void onReceived(int frameBytes) {
        receivedBytes.increment(frameBytes);
    }

    /// A request was answered.
    public void onAnswered(ApiKey apiKey, ResponseMessage response, long tookNs, long responseBytes) {
        ResponseErrors.forEach(response, errorCode -> onError(apiKey, errorCode));
        Timer timer = requestSeconds.get(apiKey);
        if (timer != null) {
            timer.record(tookNs, TimeUnit.NANOSECONDS);
        }
        sentBytes.increment((double) responseBytes);
    }

    private void onError(ApiKey apiKey, short errorCode) {
        registry.counter(
                        BrokerMetric.REQUEST_ERRORS,
                        apiKey.apiName(),
                        ErrorCode.of(errorCode).name())
                .increment();
    }

    public void onAccepted() {
        accepted.increment();
    }

    public void onDropped(DropReason reason) {
        Counter counter = dropped.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    /// A connection was let in, but has to wait for its turn.
    public void onDelayed() {
        delayed.increment();
    }

    /// A connection was refused because of this limit.
    public void onRefused(String limit) {
        registry.counter(BrokerMetric.CONNECTIONS_REFUSED, limit).increment();
    }

    /// The system had no file descriptor for a connection.
    public void onAcceptFailed() {
        acceptFailures.increment();
    }
}
