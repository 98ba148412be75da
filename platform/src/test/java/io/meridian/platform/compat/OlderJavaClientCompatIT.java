package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.SharedBroker;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedBroker.class)
class OlderJavaClientCompatIT {
    @ParameterizedTest
    @ValueSource(strings = {"2.8", "3.9"})
    void anOlderClientCreatesWritesAndReads(String version, Broker broker) throws Exception {
        Program.Result result = Program.java(
                        CompatFiles.fetched("client-" + version),
                        List.of(CompatFiles.testClasses()),
                        RoundTripProgram.class.getName(),
                        broker.bootstrap(),
                        broker.freshTopic("older"))
                .run()
                .succeeds();

        assertThat(result.output()).contains("/kafka-clients-" + version).contains("read back 1000");
    }
}
