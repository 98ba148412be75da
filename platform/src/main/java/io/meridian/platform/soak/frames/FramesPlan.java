package io.meridian.platform.soak.frames;

import io.meridian.platform.node.NodeCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What one frames soak does.
///
/// @param node the node that sockets are opened to
/// @param directory where engine and node keep their data and errors
/// @param frames to the engine; 0 for none
/// @param sockets to the node; 0 for none
record FramesPlan(NodeCommand node, Path directory, long frames, int sockets, long seed) {
    /// Later flags win over those that a node has by default.
    private static final List<String> LITTLE_MEMORY = List.of("-Xmx256m", "-XX:MaxDirectMemorySize=128m");

    /// The heap is taken whole at once: what grows behind it is seen.
    private static final List<String> WHOLE_HEAP = List.of("-Xms256m", "-XX:+AlwaysPreTouch");

    Path errors() {
        return directory.resolve("errors");
    }

    /// The engine's half as a process of its own.
    List<String> engineLine() {
        List<String> line = withFlags(NodeCommand.thisJvm(), WHOLE_HEAP);
        line.addAll(List.of("io.meridian.platform.Main", "soak", "frames", "--here"));
        line.addAll(List.of("--data", directory.resolve("engine").toString()));
        line.addAll(List.of("--frames", Long.toString(frames), "--seed", Long.toString(seed)));
        return line;
    }

    List<String> nodeLine() {
        return withFlags(node.line(), List.of());
    }

    private static List<String> withFlags(List<String> line, List<String> more) {
        List<String> changed = new ArrayList<>(line);
        int classPath = Math.max(0, changed.indexOf("-cp"));
        changed.addAll(classPath, more);
        changed.addAll(classPath, LITTLE_MEMORY);
        return changed;
    }
}
