package io.meridian.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class RequiresTest {
    @TempDir
    Path directory;

    @Test
    void anExecutableFileOnThePathIsFound() throws IOException {
        Path program = Files.createFile(directory.resolve("tool"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(Requires.onPath("tool", "/nowhere:" + directory)).contains(program);
    }

    @Test
    void aDirectoryOrAPlainFileIsNotAProgram() throws IOException {
        Files.createFile(directory.resolve("plain"));
        Files.createDirectory(directory.resolve("folder"));
        assertThat(Requires.onPath("plain", directory.toString())).isEmpty();
        assertThat(Requires.onPath("folder", directory.toString())).isEmpty();
        assertThat(Requires.onPath("tool", "")).isEmpty();
    }

    @Test
    void aMissingToolSkipsByNameOnADevelopersMachine() {
        assertThat(Requires.verdict(false, "kcatReadsWhatJavaWrote", "kcat", "apt-get install kcat"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("skipped: kcatReadsWhatJavaWrote needs kcat (apt-get install kcat)");
    }

    @Test
    void aMissingToolFailsWhereEverythingMustRun() {
        assertThat(Requires.verdict(true, "kcatReadsWhatJavaWrote", "kcat", "apt-get install kcat"))
                .isNotInstanceOf(TestAbortedException.class)
                .hasMessageContaining("kcatReadsWhatJavaWrote needs kcat");
    }
}
