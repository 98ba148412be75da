package io.meridian.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/// Registers the metrics of [BrokerMetric], and those of the virtual machine, for one broker.
public final class MetricRegistry implements AutoCloseable {
    /// Of the process's CPU time, not in base units; `process.cpu.usage` says the same.
    private static final String NANOSECONDS = "process.cpu.time";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /// @param version of this build
    public MetricRegistry(String version) {
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith(NANOSECONDS))
                .meterFilter(renaming("system.cpu.count", "system.cpus"))
                .meterFilter(renaming("system.load.average.1m", "system.load.average"));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        List<String> labels = BrokerMetric.BUILD.labels();
        MetricSnapshot build = new InfoSnapshot(
                new MetricMetadata(BrokerMetric.BUILD.metricName(), BrokerMetric.BUILD.help()),
                List.of(new InfoSnapshot.InfoDataPointSnapshot(
                        Labels.of(labels, List.of(version, Runtime.version().toString())))));
        registry.getPrometheusRegistry().register((Collector) () -> build);
    }

    public Counter counter(BrokerMetric metric, String... labelValues) {
        return Counter.builder(metric.metricName())
                .description(metric.help())
                .tags(tags(metric, labelValues))
                .register(registry);
    }

    /// A counter that is kept elsewhere and read at each scrape.
    public void counter(BrokerMetric metric, DoubleSupplier count, String... labelValues) {
        // The object of a function counter is held weakly; this one lives as long as its meters.
        FunctionCounter.builder(metric.metricName(), this, _ -> count.getAsDouble())
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
    public Timer timer(BrokerMetric metric, Duration[] buckets, String... labelValues) {
        return Timer.builder(metric.metricName())
                .description(metric.help())
                .tags(tags(metric, labelValues))
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /// Series that come and go, gathered at each scrape.
    public void series(MultiCollector series) {
        registry.getPrometheusRegistry().register(series);
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

    private static MeterFilter renaming(String from, String to) {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals(from) ? id.withName(to) : id;
            }
        };
    }

    private static Tags tags(BrokerMetric metric, String... values) {
        List<String> labels = metric.labels();
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(metric + " has the labels " + labels);
        }
        Tags tags = Tags.empty();
        for (int index = 0; index < values.length; index++) {
            tags = tags.and(labels.get(index), values[index]);
        }
        return tags;
    }
}
