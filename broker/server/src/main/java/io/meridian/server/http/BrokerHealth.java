package io.meridian.server.http;

import io.meridian.engine.effect.StartReport;
import io.meridian.engine.node.NodeStatistics;
import io.meridian.log.state.SpaceLevel;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the broker is, in the words of `/health`.
///
/// @param status `starting` until the port for clients is open, `degraded` while a partition is out of service or
///     records are refused for want of space, or connections for want of files, else `ok`
/// @param clusterId null while starting
/// @param space `ample`, `low` while records of clients are refused, `exhausted` while nothing is written that can
///     be refused
/// @param files `ample`, or `low` while so few file descriptors are left that connections are refused
record BrokerHealth(
        String status, @Nullable String clusterId, int brokerId, long partitionsOffline, String space, String files) {
    /// @param isShortOfFiles whether the file descriptors that are left are kept for logs
    static BrokerHealth of(
            int brokerId, @Nullable StartReport report, List<NodeStatistics> nodes, boolean isShortOfFiles) {
        long offline =
                nodes.stream().mapToLong(NodeStatistics::partitionsOffline).sum();
        SpaceLevel level = nodes.stream()
                .map(NodeStatistics::spaceLevel)
                .max(Comparator.naturalOrder())
                .orElse(SpaceLevel.AMPLE);
        String space = level.name().toLowerCase(Locale.ROOT);
        String files = isShortOfFiles ? "low" : "ample";
        if (report == null) {
            return new BrokerHealth("starting", null, brokerId, offline, space, files);
        }
        boolean isDegraded = offline > 0 || level != SpaceLevel.AMPLE || isShortOfFiles;
        return new BrokerHealth(isDegraded ? "degraded" : "ok", report.clusterId(), brokerId, offline, space, files);
    }

    /// Whether a balancer should send clients here.
    boolean isServing() {
        return !status.equals("starting");
    }

    String json() {
        return new JsonObject()
                .put("status", status)
                .put("clusterId", clusterId)
                .put("brokerId", brokerId)
                .put("partitionsOffline", partitionsOffline)
                .put("space", space)
                .put("files", files)
                .encode();
    }
}
