package io.meridian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsIT {
    @TempDir
    Path directory;

    @Test
    void helpNamesTheCommandsAndTheOptions() throws Exception {
        assertThat(Program.meridian("--help").run().succeeds().output())
                .contains("up")
                .contains("soak")
                .contains("version")
                .doesNotContain("train");
        assertThat(Program.meridian("up", "--help").run().succeeds().output())
                .contains("--data", "--port", "--http-port", "--config", "--set");
        assertThat(Program.meridian("soak", "kill", "--help").run().succeeds().output())
                .contains("--kills", "--seed");
    }

    @Test
    void theVersionIsOneLine() throws Exception {
        assertThat(Program.meridian("version").run().succeeds().output()).matches("Meridian \\d+\\.\\d+\\S*\\R");
    }

    @Test
    void nothingAtAllIsAnsweredWithTheUsage() throws Exception {
        Program.Result result = Program.meridian().run();

        assertThat(result.exitCode()).isEqualTo(ExitCode.ASKED_WRONGLY.number());
        assertThat(result.errors()).contains("Usage: meridian");
    }

    @Test
    void trainingEndsNormallyAndLeavesNothing() throws Exception {
        Program.Result result = Program.meridian("train")
                .with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + directory)
                .run()
                .succeeds();

        assertThat(result.output()).isEmpty();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.filter(Files::isDirectory)
                            .filter(path -> path.getFileName().toString().contains("train")))
                    .isEmpty();
        }
    }
}
