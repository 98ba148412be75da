package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import io.meridian.platform.testing.SharedBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedBroker.class)
class PythonCompatIT {
    @ParameterizedTest
    @CsvSource({"confluent-kafka, confluent_kafka, confluent_client.py", "kafka-python, kafka, kafka_python_client.py"})
    void aPythonClientCreatesWritesAndReads(String client, String module, String program, Broker broker)
            throws Exception {
        Path python = Requires.program(client, "python3", "apt-get install python3");
        Requires.that(
                Program.of(python, "-c", "import " + module).run().exitCode() == 0,
                client,
                "the Python module " + module,
                "pip install " + client + ", in a virtual environment that is first on the PATH");

        assertThat(Program.of(
                                python,
                                CompatFiles.sources("python").resolve(program),
                                broker.bootstrap(),
                                broker.freshTopic("python"))
                        .run()
                        .succeeds()
                        .output())
                .contains("read back 1000");
    }
}
