package io.meridian.server.http;

import io.meridian.engine.node.NodeStatistics;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How the broker is, in the words of `/health`.
///
/// @param status `starting` until every node is ready, `degraded` while a partition is out of service, else `ok`
record BrokerHealth(String status, @Nullable String clusterId, int brokerId, long partitionsOffline) {
    private static final int UNKNOWN_BROKER = -1;

    static BrokerHealth of(List<NodeStatistics> nodes, boolean listening) {
        boolean ready = listening && nodes.stream().allMatch(node -> node.phase() == NodeStatistics.Phase.READY);
        long offline =
                nodes.stream().mapToLong(NodeStatistics::partitionsOffline).sum();
        String status = ready ? (offline > 0 ? "degraded" : "ok") : "starting";
        String clusterId = nodes.stream()
                .map(NodeStatistics::clusterId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        int brokerId = nodes.stream().mapToInt(NodeStatistics::brokerId).max().orElse(UNKNOWN_BROKER);
        return new BrokerHealth(status, clusterId, brokerId, offline);
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
