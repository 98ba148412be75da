package io.meridian.platform.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.node.FreePort;
import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import io.meridian.platform.testing.Program;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starts that cannot be: one line on standard error that names what was found and what was expected, and an exit
/// code.
class BadStartIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int COULD_NOT = 1;
    private static final int ASKED_WRONGLY = 2;

    @TempDir
    Path directory;

    @Test
    void anUnknownSettingNamesTheNearest() throws Exception {
        assertThat(refusal(ASKED_WRONGLY, up("--set", "num.partition=3")))
                .contains("num.partition")
                .contains("num.partitions");
    }

    @Test
    void aSettingOutOfItsRangeNamesTheRange() throws Exception {
        assertThat(refusal(ASKED_WRONGLY, up("--set", "num.partitions=0")))
                .contains("num.partitions")
                .contains("'0'")
                .contains("1");
    }

    @Test
    void aSettingThatIsNoNumberSaysWhatItExpects() throws Exception {
        assertThat(refusal(ASKED_WRONGLY, up("--set", "log.retention.ms=soon")))
                .contains("log.retention.ms")
                .contains("soon")
                .contains("number");
    }

    @Test
    void anUnknownOptionOrCommandIsNamed() throws Exception {
        assertThat(refusal(ASKED_WRONGLY, up("--porrt", "1"))).contains("--porrt");
        assertThat(refusal(ASKED_WRONGLY, meridian("upp"))).contains("upp");
        assertThat(refusal(ASKED_WRONGLY, up("--port", "many")))
                .contains("many")
                .contains("--port");
        assertThat(refusal(ASKED_WRONGLY, up("--port", "70000")))
                .contains("70000")
                .contains("65535");
    }

    @Test
    void aSettingWithoutValueIsRefused() throws Exception {
        assertThat(refusal(ASKED_WRONGLY, up("--set", "num.partitions"))).contains("num.partitions");
    }

    @Test
    void aFileOfSettingsThatIsNotThereIsNamed() throws Exception {
        Path missing = directory.resolve("missing");

        assertThat(refusal(ASKED_WRONGLY, up("--config", missing))).contains(missing.toString());
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(refusal(COULD_NOT, up("--port", taken.getLocalPort())))
                    .contains(Integer.toString(taken.getLocalPort()));
            assertThat(refusal(COULD_NOT, up("--http-port", taken.getLocalPort())))
                    .contains(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void aDataDirectoryInUseByAnotherProcessIsNamed() throws Exception {
        NodeCommand command = NodeCommand.on(directory.resolve("data"));
        try (NodeProcess node = NodeProcess.start(command, directory.resolve("errors"))) {
            node.awaitReady(LIMIT);

            assertThat(refusal(COULD_NOT, up("--data", command.data())))
                    .contains(command.data().toString());
            assertThat(node.isReady()).as("the first one goes on").isTrue();
        }
    }

    @Test
    void aDataDirectoryOfAnotherNodeNamesBoth() throws Exception {
        Path data = used();

        assertThat(refusal(COULD_NOT, up("--data", data, "--set", "node.id=7")))
                .contains("node 1")
                .contains("node 7");
    }

    @Test
    void aDataDirectoryOfAnotherClusterNamesBoth() throws Exception {
        Path data = used();

        assertThat(refusal(COULD_NOT, up("--data", data, "--set", "cluster.id=another-cluster-of-ours")))
                .contains("another-cluster-of-ours")
                .contains("belongs to cluster");
    }

    @Test
    void aDataDirectoryOfANewerFormatNamesWhatWasFoundAndExpected() throws Exception {
        Path data = used();
        Path properties = data.resolve("meta.properties");
        Files.writeString(properties, Files.readString(properties).replaceAll("(?m)^version=.*$", "version=99"));

        assertThat(refusal(COULD_NOT, up("--data", data))).contains("99").contains("1");
    }

    @Test
    void aDataDirectoryThatIsAFileIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThat(refusal(COULD_NOT, up("--data", file))).contains(file.toString());
    }

    /// A directory that a node has used and left cleanly.
    private Path used() throws InterruptedException {
        NodeCommand command = NodeCommand.on(directory.resolve("used"));
        try (NodeProcess node = NodeProcess.start(command, directory.resolve("errors"))) {
            node.awaitReady(LIMIT);
            assertThat(node.stop(LIMIT)).isZero();
        }
        return command.data();
    }

    /// `up` on free ports and a fresh directory, unless the arguments say otherwise.
    private Program up(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("up"));
        List<Object> given = List.of(arguments);
        if (!given.contains("--data")) {
            all.addAll(List.of("--data", directory.resolve("data")));
        }
        if (!given.contains("--port")) {
            all.addAll(List.of("--port", FreePort.next()));
        }
        if (!given.contains("--http-port")) {
            all.addAll(List.of("--http-port", FreePort.next()));
        }
        all.addAll(given);
        return meridian(all.toArray());
    }

    private static Program meridian(Object... arguments) {
        return Program.meridian(arguments);
    }

    private static String refusal(int exitCode, Program program) throws Exception {
        Program.Result result = program.run();
        assertThat(result.exitCode())
                .as("exit code of <%s> <%s>", result.output(), result.errors())
                .isEqualTo(exitCode);
        assertThat(result.output()).doesNotContain("ready");
        assertThat(result.errors().lines()).as("lines on standard error").hasSize(1);
        assertThat(result.errors()).doesNotContain("\tat ");
        return result.errors();
    }
}
