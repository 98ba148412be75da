package io.meridian.server.http;

import io.meridian.engine.effect.StartReport;
import io.meridian.engine.node.NodeStatistics;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the broker is, in the words of `/health`.
///
/// @param status `starting` until the port for clients is open, `degraded` while a partition is out of service,
///     else `ok`
/// @param clusterId null while starting
record BrokerHealth(String status, @Nullable String clusterId, int brokerId, long partitionsOffline) {
    static BrokerHealth of(int brokerId, @Nullable StartReport report, List<NodeStatistics> nodes) {
        long offline =
                nodes.stream().mapToLong(NodeStatistics::partitionsOffline).sum();
        if (report == null) {
            return new BrokerHealth("starting", null, brokerId, offline);
        }
        return new BrokerHealth(offline > 0 ? "degraded" : "ok", report.clusterId(), brokerId, offline);
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
                .encode();
    }
}
