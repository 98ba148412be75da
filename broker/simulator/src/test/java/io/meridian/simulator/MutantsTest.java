package io.meridian.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The simulation finds mistakes: each planted one must be caught by a broken promise within some hundred seeds.
class MutantsTest {
    private static final Path SOURCES = Path.of("..", "core", "src", "main", "java");
    private static final long SEEDS = 500;

    static List<Mutant> mutants() {
        return Mutant.all();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutantIsCaught(Mutant mutant) throws Exception {
        Class<?> simulation = MutatedClasses.of(mutant, SOURCES).loadClass(Simulation.class.getName());
        var run = simulation.getMethod("run", long.class);

        String violation = null;
        long seed = 0;
        while (violation == null && seed < SEEDS) {
            seed++;
            Object report = run.invoke(null, seed);
            violation = (String) report.getClass().getMethod("violation").invoke(report);
        }

        assertThat(violation).as("a promise broken by a broker that %s", mutant).isNotNull();
        assertThat(violation).doesNotContain("java.lang.");
        System.out.println("a broker that " + mutant + " is caught by seed " + seed + ": " + violation);
    }
}
