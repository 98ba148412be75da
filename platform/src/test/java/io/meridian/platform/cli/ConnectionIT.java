package io.meridian.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.node.FreePort;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Cli;
import io.meridian.platform.testing.SharedBroker;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class ConnectionIT {
    @TempDir
    Path directory;

    private final Broker broker;

    ConnectionIT(Broker broker) {
        this.broker = broker;
    }

    @Test
    void nobodyListensThere() {
        int port = FreePort.next();

        Cli.with(Map.of("MERIDIAN_BOOTSTRAP", "127.0.0.1:" + port))
                .run("topic list")
                .refused(
                        ExitCode.NOT_REACHABLE,
                        "no broker at 127.0.0.1:" + port + " (connection refused)",
                        "meridian up",
                        "--bootstrap HOST:PORT",
                        "MERIDIAN_BOOTSTRAP");
        Cli.with(Map.of())
                .run("group list -b no-such-host.invalid:9092")
                .refused(ExitCode.NOT_REACHABLE, "no-such-host.invalid:9092 (unknown host)");
    }

    @Test
    void somebodyListensWhoIsNoBroker() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Cli.with(Map.of())
                    .run("topic list --timeout 1 -b", "127.0.0.1:" + silent.getLocalPort())
                    .refused(ExitCode.NOT_REACHABLE, "no answer from 127.0.0.1", "within 1 s", "--timeout SECONDS");
        }
    }

    @Test
    void theOptionWinsOverTheEnvironmentAndOneOfSeveralAddressesIsEnough() {
        Cli.with(Map.of("MERIDIAN_BOOTSTRAP", "127.0.0.1:1"))
                .run("topic list -b", "127.0.0.1:1," + broker.bootstrap())
                .done();
    }

    @Test
    void badOptionsAreRefusedBeforeAnybodyIsAsked() throws Exception {
        Cli cli = Cli.at(broker);
        Path file = Files.writeString(directory.resolve("client"), "security.protocol=CARRIER_PIGEON\n");

        cli.run("topic list -b nonsense").refused(ExitCode.ASKED_WRONGLY, "expected HOST:PORT");
        cli.run("topic list --timeout 0").refused(ExitCode.ASKED_WRONGLY, "--timeout: found 0");
        cli.run("topic list -X nonsense").refused(ExitCode.ASKED_WRONGLY, "expected key=value");
        cli.run("topic list --client-config", directory.resolve("none"))
                .refused(ExitCode.ASKED_WRONGLY, "--client-config: cannot read");
        cli.run("topic list --client-config", file).refused(ExitCode.ASKED_WRONGLY, "CARRIER_PIGEON");
        cli.run("topic list -o xml").refused(ExitCode.ASKED_WRONGLY, "xml", "meridian topic list --help");
        cli.run("topic lst").refused(ExitCode.ASKED_WRONGLY, "found the command 'lst'", "did you mean 'list'?");
        cli.run("topik").refused(ExitCode.ASKED_WRONGLY, "did you mean 'topic'?");
        cli.run("-b x topic list").refused(ExitCode.ASKED_WRONGLY, "-b");
    }

    @Test
    void nodesAndTheDoctorSeeTheBroker() {
        Cli cli = Cli.at(broker);

        assertThat(cli.run("node status").done().table())
                .anySatisfy(line -> assertThat(line).startsWith("1 " + broker.bootstrap() + " - yes"));
        assertThat(cli.run("node status -o json").done().output()).contains("\"withoutLeader\":0", "\"nodes\":[{");
        assertThat(cli.run("doctor --data", directory, "--port", FreePort.next(), "--http-port", FreePort.next())
                        .table())
                .anySatisfy(line -> assertThat(line).startsWith("broker ok " + broker.bootstrap() + " answers"))
                .anySatisfy(line -> assertThat(line).startsWith("jdk ok 25"));
        assertThat(Cli.with(Map.of("MERIDIAN_BOOTSTRAP", "127.0.0.1:1"))
                        .run("doctor --data", directory)
                        .table())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("broker warn no broker at 127.0.0.1:1")
                        .contains("meridian up"));
    }
}
