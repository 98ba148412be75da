package io.meridian.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeterminismTest {
    private static final long SEEDS = 20;

    @Test
    void theSameSeedGoesTheSameWayTwice() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            assertThat(Simulation.run(seed)).isEqualTo(Simulation.run(seed));
        }
    }

    @Test
    void differentSeedsGoDifferentWays() {
        assertThat(LongStream.rangeClosed(1, SEEDS)
                        .map(seed -> Simulation.run(seed).traceHash())
                        .distinct())
                .hasSize((int) SEEDS);
    }

    @Test
    void theSameSeedGoesTheSameWayInAnotherProcess() throws IOException, InterruptedException {
        String seeds = LongStream.rangeClosed(1, SEEDS).mapToObj(Long::toString).collect(Collectors.joining(","));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SimulationMain.class.getName(),
                        "--hash",
                        seeds)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed;
        try (var output = process.getInputStream()) {
            printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(process.waitFor()).isZero();
        assertThat(printed.lines())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, SEEDS)
                        .mapToObj(seed -> seed + "=" + Simulation.run(seed).traceHash())
                        .toList());
    }
}
