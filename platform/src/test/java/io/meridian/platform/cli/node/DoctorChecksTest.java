package io.meridian.platform.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorChecksTest {
    @TempDir
    Path directory;

    @Test
    void onlyJdk25Runs() {
        assertThat(MachineCheck.jdk(Runtime.Version.parse("25.0.3")).state()).isEqualTo(Finding.State.OK);
        Finding old = MachineCheck.jdk(Runtime.Version.parse("21.0.1"));
        assertThat(old.state()).isEqualTo(Finding.State.FAIL);
        assertThat(old.remedy()).contains("JDK 25");
    }

    @Test
    void theHardLimitOfOpenFilesCounts() {
        assertThat(openFiles("unlimited").state()).isEqualTo(Finding.State.OK);
        assertThat(openFiles("1048576").state()).isEqualTo(Finding.State.OK);
        assertThat(openFiles("20000").state()).isEqualTo(Finding.State.WARN);
        assertThat(openFiles("1024").state()).isEqualTo(Finding.State.FAIL);
        assertThat(MachineCheck.openFiles(List.of()).state()).isEqualTo(Finding.State.OK);
    }

    @Test
    void aClockThatNeverWasSetFails() {
        assertThat(MachineCheck.clock(Instant.EPOCH, directory).state()).isEqualTo(Finding.State.FAIL);
        assertThat(MachineCheck.clock(Instant.parse("2027-01-01T00:00:00Z"), directory)
                        .state())
                .isEqualTo(Finding.State.OK);
    }

    @Test
    void aDirectoryThatIsAFileFailsAndOneThatIsNotThereDoesNot() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThat(DirectoryCheck.writable(file).state()).isEqualTo(Finding.State.FAIL);
        assertThat(DirectoryCheck.writable(directory.resolve("not/there")).state())
                .isEqualTo(Finding.State.OK);
        assertThat(DirectoryCheck.space(directory.resolve("not/there")).found()).contains("GiB free");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aTakenPortIsAWarningBecauseItMayBeTheNode() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Finding finding = PortCheck.of("port", "--port", taken.getLocalPort());

            assertThat(finding.state()).isEqualTo(Finding.State.WARN);
            assertThat(finding.remedy()).contains("up --port N");
        }
    }

    private static Finding openFiles(String hard) {
        return MachineCheck.openFiles(
                List.of("Limit  Soft Limit  Hard Limit  Units", "Max open files            1024  " + hard + "  files"));
    }
}
