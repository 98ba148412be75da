package io.meridian.build;

import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What `bench/run` concludes from what it measures, and that `bench/RESULTS.md` says what `bench/history.jsonl` holds.
final class BenchIT {
    @Test
    void computationsOfTheComparisonAreRight() throws Exception {
        Requires.program("bench/test", "python3", "apt-get install python3");

        String root = Objects.requireNonNull(System.getProperty("meridian.root"), "meridian.root");
        Program.of(Path.of(root, "bench", "test")).run().succeeds();
    }
}
