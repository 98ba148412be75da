package io.meridian.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.server.runtime.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingSourcesTest {
    @TempDir
    private Path directory;

    @Test
    void theCommandLineWinsOverTheFile() throws Exception {
        Path file = file("# ours\nport=1\nlog.dir = /data \n");
        assertThat(SettingSources.collect(file, List.of("port=2", "x = a=b", "port=3")))
                .containsEntry("port", "3")
                .containsEntry("log.dir", "/data")
                .containsEntry("x", "a=b")
                .hasSize(3);
    }

    @Test
    void anAssignmentWithoutNameIsRefused() {
        for (String assignment : new String[] {"port", "=1", ""}) {
            assertThatThrownBy(() -> SettingSources.collect(null, List.of(assignment)))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("name=value");
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = directory.resolve("missing.properties");
        assertThatThrownBy(() -> SettingSources.collect(missing, List.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("missing.properties does not exist");
    }

    @Test
    void aNameSetTwiceInTheFileIsRefused() throws IOException {
        Path file = file("port=1\nport=2\n");
        assertThatThrownBy(() -> SettingSources.collect(file, List.of()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("sets port twice");
    }

    @Test
    void aFileThatIsNotTextIsRefused() throws IOException {
        Path file = directory.resolve("binary");
        Files.write(file, new byte[] {'a', '=', (byte) 0xC3, 0x28});
        assertThatThrownBy(() -> SettingSources.collect(file, List.of())).isInstanceOf(StartRefused.class);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("meridian.properties"), text);
    }
}
