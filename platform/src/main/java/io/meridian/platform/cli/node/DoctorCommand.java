package io.meridian.platform.cli.node;

import io.meridian.platform.cli.client.ClientOptions;
import io.meridian.platform.cli.output.Listing;
import io.meridian.platform.cli.output.OutputOptions;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `doctor`.
@Command(
        name = "doctor",
        description =
                "Looks at what a node needs of this machine, and whether a broker answers. Fails if something does.")
public final class DoctorCommand implements Callable<Integer> {
    private static final int PORT_MAX = 65_535;

    private final Console console;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "meridian-data",
            description = "Data directory (./${DEFAULT-VALUE}).")
    private Path data = Path.of("meridian-data");

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "9092",
            description = "Port for clients (${DEFAULT-VALUE}).")
    private int port = 9092;

    @Option(
            names = "--http-port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port for /health and /metrics (${DEFAULT-VALUE}).")
    private int httpPort = 8080;

    @Mixin
    private ClientOptions client = new ClientOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    public DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        requirePort("--port", port);
        requirePort("--http-port", httpPort);
        List<Finding> findings = new ArrayList<>();
        findings.add(MachineCheck.jdk(Runtime.version()));
        findings.add(MachineCheck.openFiles(MachineCheck.limits()));
        findings.add(MachineCheck.clock(Instant.now(), Path.of("/")));
        findings.add(DirectoryCheck.space(data.toAbsolutePath().normalize()));
        findings.add(DirectoryCheck.writable(data.toAbsolutePath().normalize()));
        findings.add(PortCheck.of("port", "--port", port));
        findings.add(PortCheck.of("http-port", "--http-port", httpPort));
        findings.add(BrokerCheck.of(client, console));
        output.print(console, new Listing(findings.stream().map(Finding::row).toList(), ""));
        boolean failed = findings.stream().anyMatch(finding -> finding.state() == Finding.State.FAIL);
        return (failed ? ExitCode.FAILED : ExitCode.DONE).number();
    }

    private static void requirePort(String option, int port) {
        if (port < 1 || port > PORT_MAX) {
            throw Refused.askedWrongly(option + ": found " + port + ", expected a port from 1 to " + PORT_MAX);
        }
    }
}
