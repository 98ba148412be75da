package io.meridian.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.effect.StartReport;
import io.meridian.engine.node.NodeStatistics;
import io.meridian.log.state.SpaceLevel;
import io.meridian.server.testing.ScriptedNode;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BrokerHealthTest {
    private static final StartReport STARTED = new StartReport("cluster", 1, 3, new TreeMap<>(), List.of());

    @Test
    void brokerThatRefusesRecordsIsDegradedAndServes() {
        BrokerHealth health = BrokerHealth.of(1, STARTED, List.of(node(SpaceLevel.AMPLE), node(SpaceLevel.LOW)), false);

        assertThat(health.status()).isEqualTo("degraded");
        assertThat(health.isServing()).isTrue();
        assertThat(health.json()).contains("\"space\":\"low\"");
    }

    @Test
    void brokerWithRoomIsOk() {
        assertThat(BrokerHealth.of(1, STARTED, List.of(node(SpaceLevel.AMPLE)), false)
                        .json())
                .contains("\"status\":\"ok\"", "\"space\":\"ample\"", "\"files\":\"ample\"");
    }

    @Test
    void brokerThatRefusesConnectionsForWantOfFilesIsDegraded() {
        BrokerHealth health = BrokerHealth.of(1, STARTED, List.of(node(SpaceLevel.AMPLE)), true);

        assertThat(health.status()).isEqualTo("degraded");
        assertThat(health.json()).contains("\"files\":\"low\"");
    }

    private static NodeStatistics node(SpaceLevel level) {
        return ScriptedNode.statistics(level);
    }
}
