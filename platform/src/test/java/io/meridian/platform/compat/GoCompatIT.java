package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import io.meridian.platform.testing.SharedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class GoCompatIT {
    private static final String INSTALL = "Go 1.26 or newer, and network for its modules";

    @Test
    void franzGoCreatesWritesAndReads(Broker broker) throws Exception {
        Path go = Requires.program("franz-go", "go", INSTALL);
        Path program = CompatFiles.fetched("go").resolve("client");
        Files.createDirectories(CompatFiles.fetched("go"));
        Requires.that(
                Program.of(go, "mod", "download")
                                .in(CompatFiles.sources("go"))
                                .run()
                                .exitCode()
                        == 0,
                "franz-go",
                "its modules",
                INSTALL);
        Program.of(go, "build", "-o", program, ".")
                .in(CompatFiles.sources("go"))
                .run()
                .succeeds();

        assertThat(Program.of(program, broker.bootstrap(), broker.freshTopic("go"))
                        .run()
                        .succeeds()
                        .output())
                .contains("read back 1000");
    }
}
