package io.meridian.server.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockIT {
    @TempDir
    private Path directory;

    /// The other process: locks the directory it is given, says so, and holds it until its input ends.
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (DirectoryLock _ = DirectoryLock.acquire(Path.of(arguments[0]))) {
                System.out.println("locked");
                System.in.read();
            }
        }
    }

    @Test
    void aSecondBrokerOfThisProcessIsKeptOut() throws Exception {
        try (DirectoryLock _ = DirectoryLock.acquire(directory)) {
            assertThatThrownBy(() -> DirectoryLock.acquire(directory))
                    .isInstanceOf(DirectoryLocked.class)
                    .hasMessageContaining(directory.toString());
        }
    }

    @Test
    void aDirectoryGivenUpCanBeLockedAgain() throws Exception {
        DirectoryLock.acquire(directory).close();
        DirectoryLock.acquire(directory).close();
    }

    @Test
    void anotherProcessIsNamedAndItsEndFreesTheDirectory() throws Exception {
        Process holder = startHolder();
        try {
            assertThatThrownBy(() -> DirectoryLock.acquire(directory))
                    .isInstanceOf(DirectoryLocked.class)
                    .hasMessageContaining("process " + holder.pid());
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor()).isNotZero();
        DirectoryLock.acquire(directory).close();
    }

    private Process startHolder() throws IOException {
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).isEqualTo("locked");
        return holder;
    }
}
