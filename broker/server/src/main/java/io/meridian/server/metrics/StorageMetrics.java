package io.meridian.server.metrics;

import io.meridian.log.storage.StorageJob;
import io.meridian.server.file.ForceStatistics;
import io.meridian.server.file.OpenFiles;
import io.meridian.server.runtime.DiskThreads;
import java.util.Locale;

/// What disk threads and files count, read at each scrape.
public final class StorageMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private StorageMetrics() {}

    public static void register(MetricRegistry registry, DiskThreads disks, ForceStatistics forced, OpenFiles files) {
        registry.gauge(BrokerMetric.FILES_LOW, () -> files.isLow() ? 1 : 0);
        registry.gauge(BrokerMetric.FILES_RESERVED, files::reserve);
        for (StorageJob.Lane lane : new StorageJob.Lane[] {StorageJob.Lane.SYNC, StorageJob.Lane.DISK}) {
            String label = lane.name().toLowerCase(Locale.ROOT);
            registry.gauge(BrokerMetric.DISK_QUEUE, () -> disks.depth(lane), label);
            registry.gauge(BrokerMetric.DISK_QUEUE_BOUND, () -> disks.bound(lane), label);
            registry.counter(BrokerMetric.DISK_JOBS, () -> disks.jobsDone(lane), label);
            registry.counter(BrokerMetric.DISK_BUSY_SECONDS, () -> disks.busyNs(lane) / NANOS_PER_SECOND, label);
        }
        registry.counter(BrokerMetric.SYNC_ROUNDS, forced::rounds);
        registry.counter(BrokerMetric.SYNC_FILES, forced::files);
        registry.counter(BrokerMetric.SYNC_SECONDS, () -> forced.durationNs() / NANOS_PER_SECOND);
    }
}
