package io.meridian.platform.cli.client;

import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.LoggingSetup;
import io.meridian.platform.terminal.Refused;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the broker is and how to talk to it.
public final class ClientOptions {
    /// The environment variable that stands for `--bootstrap`.
    public static final String BOOTSTRAP_VARIABLE = "MERIDIAN_BOOTSTRAP";

    /// Where a node that was started without options listens.
    public static final String BOOTSTRAP_DEFAULT = "127.0.0.1:9092";

    private static final int TIMEOUT_MAX_SECONDS = 3600;

    @Option(
            names = {"-b", "--bootstrap"},
            paramLabel = "HOST:PORT[,..]",
            description = "Brokers to start from ($" + BOOTSTRAP_VARIABLE + ", else " + BOOTSTRAP_DEFAULT + ").")
    private @Nullable String bootstrap;

    @Option(
            names = "--client-config",
            paramLabel = "FILE",
            description = "Settings of the Kafka client, one key=value a line, for example for TLS and SASL.")
    private @Nullable Path file;

    @Option(
            names = {"-X", "--client-property"},
            paramLabel = "key=value",
            description = "One setting of the Kafka client; may be repeated; wins over the file.")
    private List<String> properties = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to wait for an answer (${DEFAULT-VALUE}).")
    private int timeoutSeconds = 10;

    @Option(names = "--verbose", description = "Shows the Kafka client's own log on standard error.")
    private boolean verbose;

    /// Opens a connection.
    ///
    /// @throws Refused if the options make no sense or nobody listens there
    public Connection connect(Console console) {
        if (timeoutSeconds < 1 || timeoutSeconds > TIMEOUT_MAX_SECONDS) {
            throw Refused.askedWrongly("--timeout: found " + timeoutSeconds
                    + ", expected a number of seconds from 1 to " + TIMEOUT_MAX_SECONDS);
        }
        LoggingSetup.ofTool(verbose);
        Map<String, String> given = clientProperties();
        String named = bootstrap;
        if (named == null) {
            named = given.get("bootstrap.servers");
        }
        if (named == null) {
            named = console.environment().getOrDefault(BOOTSTRAP_VARIABLE, BOOTSTRAP_DEFAULT);
        }
        BootstrapAddresses addresses = BootstrapAddresses.parse(named);
        Duration timeout = Duration.ofSeconds(timeoutSeconds);
        addresses.requireListener(timeout);
        return new Connection(addresses.text(), given, timeout);
    }

    private Map<String, String> clientProperties() {
        Map<String, String> given = new TreeMap<>();
        if (file != null) {
            Properties read = new Properties();
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                read.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw Refused.askedWrongly("--client-config: cannot read " + file + ": " + e.getMessage());
            }
            read.stringPropertyNames().forEach(name -> given.put(name, read.getProperty(name)));
        }
        for (String assignment : properties) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw Refused.askedWrongly("-X: found '" + assignment + "', expected key=value");
            }
            given.put(assignment.substring(0, equals).strip(), assignment.substring(equals + 1));
        }
        return given;
    }
}
