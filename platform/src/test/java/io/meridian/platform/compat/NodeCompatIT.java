package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import io.meridian.platform.testing.SharedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class NodeCompatIT {
    private static final String INSTALL = "apt-get install nodejs npm, and network for npm";
    private static final String CLIENT = "kafkajs@2.2.4";

    @Test
    void kafkajsCreatesWritesAndReads(Broker broker) throws Exception {
        Path node = Requires.program("kafkajs", "node", INSTALL);
        Path directory = environment();
        Files.copy(
                CompatFiles.sources("node").resolve("kafkajs_client.js"),
                directory.resolve("kafkajs_client.js"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(Program.of(node, "kafkajs_client.js", broker.bootstrap(), broker.freshTopic("node"))
                        .in(directory)
                        .run()
                        .succeeds()
                        .output())
                .contains("read back 1000");
    }

    /// A folder whose `node_modules` hold the client, made on first use.
    static Path environment() throws IOException, InterruptedException {
        Path directory = CompatFiles.fetched("node");
        if (Files.isDirectory(directory.resolve("node_modules").resolve("kafkajs"))) {
            return directory;
        }
        Path npm = Requires.program("kafkajs", "npm", INSTALL);
        Files.createDirectories(directory);
        if (Program.of(npm, "install", "--silent", "--no-save", "--no-package-lock", "--prefix", directory, CLIENT)
                        .run()
                        .exitCode()
                != 0) {
            Requires.missing("kafkajs", "npm install " + CLIENT, INSTALL);
        }
        return directory;
    }
}
