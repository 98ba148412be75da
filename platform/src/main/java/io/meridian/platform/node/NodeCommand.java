package io.meridian.platform.node;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a node is started as a process of its own: `up` of this build, on this JVM and class path.
///
/// The system property `meridian.node.command` names a program that is started instead with the same arguments. That
/// is how the checks themselves are checked: against a broker that is known to keep its promises, or one that is
/// known not to.
/// The system property `meridian.aot` names the start-up cache; without it a node starts a little later.
///
/// @param data the data directory
/// @param port the clients' port
/// @param httpPort the port of health and metrics
/// @param settings further settings, given with `--set`
public record NodeCommand(Path data, int port, int httpPort, SortedMap<String, String> settings) {
    private static final String OTHER_PROGRAM = "meridian.node.command";
    private static final String MAIN_CLASS = "io.meridian.platform.Main";
    private static final String START_UP_CACHE = "meridian.aot";

    /// What the launch script gives a node.
    private static final List<String> FLAGS = List.of(
            "-XX:+UseG1GC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:InlineSmallCode=1000",
            "-XX:FreqInlineSize=120",
            "-XX:MaxDirectMemorySize=512m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xms32m",
            "-Xmx1g");

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

    /// The java of this process with the flags of a node and the class path of this process, up to the main class.
    public static List<String> thisJvm() {
        List<String> line = new ArrayList<>();
        line.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        line.addAll(FLAGS);
        String cache = System.getProperty(START_UP_CACHE, "");
        if (!cache.isEmpty() && Files.isRegularFile(Path.of(cache))) {
            line.add("-XX:AOTCache=" + cache);
            line.add("-Xlog:aot=off");
        }
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        return line;
    }
}
