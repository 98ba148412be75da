package io.meridian.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page in `docs` and what it must say.
///
/// @param file its name, such as `metrics.md`
/// @param text the whole page, lines ended by a line feed
public record GeneratedPage(String file, String text) {
    private static final Path DOCS = Path.of("..", "docs");

    /// Fails when the file says anything else; writes it first when that is asked for.
    public void check() throws IOException {
        Path path = DOCS.resolve(file);
        if (Boolean.getBoolean("meridian.write.pages")) {
            Files.createDirectories(DOCS);
            Files.writeString(path, text, StandardCharsets.UTF_8);
        }
        String found = Files.readString(path, StandardCharsets.UTF_8).replace("\r\n", "\n");
        assertThat(found)
                .as("docs/" + file + " is stale; -Dmeridian.write.pages=true writes it")
                .isEqualTo(text);
    }
}
