package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import io.meridian.platform.testing.SharedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class NodeCompatIT {
    @Test
    void kafkajsCreatesWritesAndReads(Broker broker) throws Exception {
        Path node = Requires.program("kafkajs", "node", "apt-get install nodejs");
        Requires.that(
                Program.of(node, "-e", "require('kafkajs')").run().exitCode() == 0,
                "kafkajs",
                "the Node module kafkajs",
                "npm install kafkajs, and NODE_PATH naming its node_modules");

        assertThat(Program.of(
                                node,
                                CompatFiles.sources("node").resolve("kafkajs_client.js"),
                                broker.bootstrap(),
                                broker.freshTopic("node"))
                        .run()
                        .succeeds()
                        .output())
                .contains("read back 1000");
    }
}
