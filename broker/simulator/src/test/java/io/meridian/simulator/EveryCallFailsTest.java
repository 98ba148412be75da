package io.meridian.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.simulator.FaultPlan.Kind;
import io.meridian.simulator.FaultPlan.Strike;
import io.meridian.simulator.Simulation.Scenario;
import io.meridian.simulator.client.AdminClient.TopicPlan;
import io.meridian.simulator.client.ConsumerClient.ConsumerStyle;
import io.meridian.simulator.client.GroupMemberClient.MemberStyle;
import io.meridian.simulator.client.ProducerClient.ProducerStyle;
import io.meridian.simulator.disk.DiskCall;
import io.meridian.simulator.disk.DiskFaults;
import io.meridian.simulator.disk.DiskFaults.Fate;
import io.meridian.simulator.world.NetworkDelays;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One small life of a broker (start, topics created and deleted, records, a stop in order, a start again), and at
/// each of its storage calls in turn a failure, a kill or a power loss.
class EveryCallFailsTest {
    private static final long SEED = 7;

    @ParameterizedTest
    @EnumSource(names = "SUCCEED", mode = EnumSource.Mode.EXCLUDE)
    void noStorageCallMayBreakAPromise(Fate fate) {
        List<DiskCall> kinds = new ArrayList<>();
        long calls = run((index, kind, path) -> {
                    kinds.add(kind);
                    return Fate.SUCCEED;
                })
                .storageCalls();
        List<String> broken = new ArrayList<>();
        for (int call = 1; call <= calls; call++) {
            if (fate == Fate.NO_SPACE && !kinds.get(call - 1).isChange()) {
                continue;
            }
            SeedReport report = run(DiskFaults.atCall(call, fate));
            if (report.violation() != null) {
                broken.add(fate + " at storage call " + call + ": " + report.violation());
            }
        }

        assertThat(calls).isGreaterThan(300);
        assertThat(broken).isEmpty();
    }

    private static SeedReport run(DiskFaults faults) {
        FaultPlan plan = new FaultPlan(List.of(new Strike(Kind.CLEAN_STOP, 600)), 0, 0);
        return Simulation.run(SEED, new Scenario(settings(), plan, faults));
    }

    private static SimulationSettings settings() {
        return new SimulationSettings(
                2,
                2_000,
                new NetworkDelays(100_000, 0),
                new NetworkDelays(100_000, 0),
                new NetworkDelays(10_000, 0),
                20,
                0,
                List.of(topic("topic0", 2, "ack"), topic("topic1", 1, "os")),
                List.of(topic("temporary", 1, "ack")),
                List.of(new ProducerStyle(true, -1, 6, 20, 2, 300_000)),
                List.of(new ConsumerStyle(true, 50, 2_000, 5_000_000, 3)),
                List.of(List.of(
                        new MemberStyle(null, 200, 300, 5_000_000, 2),
                        new MemberStyle("static", 200, 300, 5_000_000, 0))),
                18,
                Map.of(
                        "log.flush.offset.checkpoint.interval.ms", "2",
                        "offsets.topic.num.partitions", "1",
                        "group.initial.rebalance.delay.ms", "0",
                        "group.min.session.timeout.ms", "1"));
    }

    private static TopicPlan topic(String name, int partitions, String flushPolicy) {
        return new TopicPlan(
                name,
                partitions,
                flushPolicy.equals("ack"),
                partitions == 1,
                Map.of(
                        "flush.policy", flushPolicy,
                        "segment.index.bytes", "16",
                        "index.interval.bytes", "0"));
    }
}
