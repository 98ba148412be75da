package io.meridian.platform.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.compat.CompatFiles;
import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.PeerKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferentialPeerIT {
    private static final long SEED = Long.getLong("meridian.differential.seed", 1);
    private static final int REQUESTS = Integer.getInteger("meridian.differential.requests", 2_500);

    @Test
    void theSameRequestsGetTheSameAnswers(@TempDir Path directory) throws Exception {
        NodeCommand command = NodeCommand.on(directory.resolve("data")).with("group.initial.rebalance.delay.ms", "0");
        try (PeerKafka kafka = PeerKafka.start(List.of(CompatFiles.fetched("apache-tools")));
                NodeProcess node = NodeProcess.start(command, directory.resolve("errors"))) {
            node.awaitReady(Duration.ofMinutes(1));
            try (Side peer = new Side(kafka.broker());
                    Side ours = new Side(new Broker(command.bootstrap(), command.data(), command.httpPort()))) {
                Comparison comparison = run(peer, ours);
                Files.write(CompatFiles.fetched("differential.txt"), comparison.differences());
                System.out.println("seed " + SEED + ", " + comparison.report());
                assertThat(comparison.differences())
                        .as("replay with -Dmeridian.differential.seed=%d", SEED)
                        .isEmpty();
            }
        }
    }

    private static Comparison run(Side peer, Side ours) {
        Versions versions = new Versions(peer, ours);
        Comparison comparison = new Comparison(peer, ours);
        Draw draw = new Draw(SEED);
        AdminRequests admin = new AdminRequests(draw, versions, comparison);
        DataRequests data = new DataRequests(draw, versions, comparison);
        GroupRequests groups = new GroupRequests(draw, versions, comparison);
        groups.warmUp();
        while (comparison.requests() < REQUESTS) {
            switch (draw.below(5)) {
                case 0 -> admin.next();
                case 1, 2 -> data.next();
                default -> groups.next();
            }
        }
        return comparison;
    }
}
