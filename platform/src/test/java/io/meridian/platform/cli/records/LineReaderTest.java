package io.meridian.platform.cli.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
    @Test
    void emptyLinesAreLinesAndTheEndIsNone() throws IOException {
        assertThat(lines("a\n\nb\n")).containsExactly("a", "", "b");
        assertThat(lines("a")).containsExactly("a");
        assertThat(lines("\n")).containsExactly("");
        assertThat(lines("")).isEmpty();
    }

    @Test
    void linesMayBeLongerThanTheBuffer() throws IOException {
        String big = "x".repeat(200_000);

        assertThat(lines(big + "\n" + big)).containsExactly(big, big);
    }

    private static List<String> lines(String text) throws IOException {
        LineReader reader = new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        List<String> lines = new ArrayList<>();
        for (byte[] line = reader.next(); line != null; line = reader.next()) {
            lines.add(new String(line, StandardCharsets.ISO_8859_1));
        }
        assertThat(reader.lines()).isEqualTo(lines.size());
        return lines;
    }
}
