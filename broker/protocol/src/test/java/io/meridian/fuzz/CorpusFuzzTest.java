package io.meridian.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.protocol.testing.FuzzTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Feeds every target with the inputs that are checked in under `src/test/resources/fuzz`: seeds, and whatever once
/// broke it.
class CorpusFuzzTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

    @ParameterizedTest
    @EnumSource
    void theCorpusFindsNothing(FuzzTargets target) throws IOException {
        List<Path> inputs = inputsOf(target.name().toLowerCase(Locale.ROOT));
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            target.feed(Files.readAllBytes(input));
        }
    }

    private static List<Path> inputsOf(String target) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
            return files.sorted().toList();
        }
    }
}
