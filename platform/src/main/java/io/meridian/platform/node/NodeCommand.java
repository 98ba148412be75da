package io.meridian.platform.node;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a node is started as a process of its own: `up` of this build, on this JVM and class path.
///
/// The system property `meridian.node.command` names a program that is started instead with the same arguments. That is
/// how the checks themselves are checked: against a broker that is known to keep its promises, or one that is known not to.
///
/// @param data the data directory
/// @param port the clients' port
/// @param httpPort the port of health and metrics
/// @param settings further settings, given with `--set`
public record NodeCommand(Path data, int port, int httpPort, SortedMap<String, String> settings) {
    private static final String OTHER_PROGRAM = "meridian.node.command";
    private static final String MAIN_CLASS = "io.meridian.platform.Main";
    private static final List<String> INHERITED_FLAGS =
            List.of("-X", "--enable-native-access", "--sun-misc-unsafe-memory-access", "-Dlogback.");

    public NodeCommand {
        settings = new TreeMap<>(settings);
    }

    /// A node on `data` with free ports and default settings.
    public static NodeCommand on(Path data) {
        return new NodeCommand(data, FreePort.next(), FreePort.next(), new TreeMap<>());
    }

    /// The same with one more setting.
    public NodeCommand with(String setting, String value) {
        SortedMap<String, String> more = new TreeMap<>(settings);
        more.put(setting, value);
        return new NodeCommand(data, port, httpPort, more);
    }

    /// The address clients start from.
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /// Program and arguments.
    public List<String> line() {
        List<String> line = program();
        line.addAll(List.of("--data", data.toString()));
        line.addAll(List.of("--port", Integer.toString(port), "--http-port", Integer.toString(httpPort)));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            line.add("--set");
            line.add(setting.getKey() + "=" + setting.getValue());
        }
        return line;
    }

    private static List<String> program() {
        List<String> line = new ArrayList<>();
        String other = System.getProperty(OTHER_PROGRAM, "");
        if (!other.isEmpty()) {
            line.add(other);
            return line;
        }
        line.addAll(thisJvm());
        line.add(MAIN_CLASS);
        line.add("up");
        return line;
    }

    /// The java of this process with its memory, native-access and start-up flags, and its class path.
    public static List<String> thisJvm() {
        List<String> line = new ArrayList<>();
        line.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        for (String flag : ProcessHandle.current().info().arguments().orElse(new String[0])) {
            if (INHERITED_FLAGS.stream().anyMatch(flag::startsWith)
                    && !flag.startsWith("-XX:AOTCacheOutput")
                    && !flag.startsWith("-XX:AOTMode")) {
                line.add(flag);
            }
        }
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        return line;
    }
}
