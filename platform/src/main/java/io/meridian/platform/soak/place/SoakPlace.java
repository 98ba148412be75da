package io.meridian.platform.soak.place;

import io.meridian.platform.node.FreePort;
import io.meridian.platform.node.NodeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a soak has its data and its node: the options that every soak has.
public final class SoakPlace {
    private static final String SEVERAL = "2";

    @Option(names = "--data", description = "Directory for the soak's data; a temporary one if not given.")
    private @Nullable Path data;

    @Option(names = "--port", description = "Port of the node; any free one if not given.")
    private @Nullable Integer port;

    private @Nullable Path temporary;

    /// The directory, which exists from now on.
    public Path directory() throws IOException {
        Path given = data;
        if (given != null) {
            return Files.createDirectories(given);
        }
        Path made = temporary;
        if (made == null) {
            made = Files.createTempDirectory("meridian-soak");
            temporary = made;
        }
        return made;
    }

    /// What a node prints when it complains: beside the directory, so that a node may have all of that.
    public Path errors() throws IOException {
        return sibling("errors");
    }

    /// A path beside the directory.
    public Path sibling(String extension) throws IOException {
        Path directory = directory();
        return directory.resolveSibling(directory.getFileName() + "." + extension);
    }

    /// A node with its data in `nodeData`.
    public NodeCommand node(Path nodeData) {
        Integer given = port;
        return new NodeCommand(nodeData, given != null ? given : FreePort.next(), FreePort.next(), new TreeMap<>());
    }

    /// A node with its data in the directory, and more than one event loop however few cores there are.
    public NodeCommand nodeOfSeveralLoops() throws IOException {
        return node(directory()).with("num.network.threads", SEVERAL);
    }

    /// Removes what was made for a soak that passed, unless the user said where it is to be.
    public void clear() throws IOException {
        Path made = temporary;
        if (made == null) {
            return;
        }
        Files.deleteIfExists(errors());
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
