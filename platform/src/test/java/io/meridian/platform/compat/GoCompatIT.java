package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.SharedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedBroker.class)
class GoCompatIT {
    @ParameterizedTest
    @ValueSource(strings = {"franz", "sarama"})
    void aGoClientCreatesWritesAndReads(String client, Broker broker) throws Exception {
        Path program = GoPrograms.build(client);

        assertThat(Program.of(program, client, "roundtrip", broker.bootstrap(), broker.freshTopic("go"))
                        .run()
                        .succeeds()
                        .output())
                .contains("read back 1000");
    }
}
