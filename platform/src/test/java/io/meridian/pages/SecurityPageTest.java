package io.meridian.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tests that docs/security-regressions.md names are there.
class SecurityPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        List<MatchResult> named = NAMED.matcher(
                        Files.readString(ROOT.resolve("docs").resolve("security-regressions.md")))
                .results()
                .toList();

        assertThat(named).hasSizeGreaterThan(20);
        assertThat(named).allSatisfy(test -> assertThat(sourceOf(test.group(1))).contains(" " + test.group(2) + "("));
    }

    private static String sourceOf(String testClass) {
        try {
            for (String folder : List.of("broker", "platform")) {
                try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                    Path source = files.filter(path -> path.endsWith(testClass + ".java"))
                            .findFirst()
                            .orElse(null);
                    if (source != null) {
                        return Files.readString(source);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no class " + testClass);
    }
}
