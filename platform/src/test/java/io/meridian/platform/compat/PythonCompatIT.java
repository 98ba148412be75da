package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import io.meridian.platform.testing.SharedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedBroker.class)
class PythonCompatIT {
    private static final String INSTALL = "apt-get install python3-venv python3-pip, and network for pip";

    @ParameterizedTest
    @ValueSource(strings = {"confluent_client.py", "kafka_python_client.py"})
    void aPythonClientCreatesWritesAndReads(String program, Broker broker) throws Exception {
        Path python = environment();

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

    /// The interpreter of a virtual environment with the clients of `requirements.txt`, made on first use.
    static Path environment() throws IOException, InterruptedException {
        Path directory = CompatFiles.fetched("python");
        Path interpreter = directory.resolve("bin").resolve("python");
        Path requirements = CompatFiles.sources("python").resolve("requirements.txt");
        Path complete = directory.resolve("complete");
        if (Files.exists(complete) && Files.readString(complete).equals(Files.readString(requirements))) {
            return interpreter;
        }
        Path python = Requires.program("python clients", "python3", INSTALL);
        if (Program.of(python, "-m", "venv", directory).run().exitCode() != 0
                || Program.of(interpreter, "-m", "pip", "install", "-q", "-r", requirements)
                                .run()
                                .exitCode()
                        != 0) {
            Requires.missing("python clients", "venv and pip", INSTALL);
        }
        Files.writeString(complete, Files.readString(requirements));
        return interpreter;
    }
}
