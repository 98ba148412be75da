package io.meridian.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Registers the metrics of [BrokerMetric], and those of the virtual machine, for one broker.
public final class MetricRegistry implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    public MetricRegistry() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    public Counter counter(BrokerMetric metric, String... labelValues) {
        return Counter.builder(metric.metricName())
                .description(metric.help())
                .tags(tags(metric, labelValues))
                .register(registry);
    }

    /// A counter that is kept elsewhere and read at each scrape.
    public void counter(BrokerMetric metric, DoubleSupplier count, String... labelValues) {
        FunctionCounter.builder(metric.metricName(), count, DoubleSupplier::getAsDouble)
                .description(metric.help())
                .tags(tags(metric, labelValues))
                .register(registry);
    }

    public void gauge(BrokerMetric metric, DoubleSupplier value, String... labelValues) {
        Gauge.builder(metric.metricName(), value::getAsDouble)
                .description(metric.help())
                .tags(tags(metric, labelValues))
                .strongReference(true)
                .register(registry);
    }

    /// A histogram of durations with the given upper bounds.
    public Timer timer(BrokerMetric metric, String labelValue, Duration... buckets) {
        return Timer.builder(metric.metricName())
                .description(metric.help())
                .tags(tags(metric, labelValue))
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /// All metrics in Prometheus' text form.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }

    private static Tags tags(BrokerMetric metric, String... values) {
        String label = metric.label();
        if (values.length != (label == null ? 0 : 1)) {
            throw new IllegalArgumentException(metric + " has the label " + label);
        }
        return label == null ? Tags.empty() : Tags.of(label, values[0]);
    }
}
