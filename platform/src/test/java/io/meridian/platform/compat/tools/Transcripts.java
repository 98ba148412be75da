package io.meridian.platform.compat.tools;

import io.meridian.platform.compat.CompatFiles;
import io.meridian.platform.testing.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Where the transcripts are, and how one is run.
final class Transcripts {
    private Transcripts() {}

    private static Path folder() {
        return CompatFiles.sources("").resolveSibling("resources").resolve("apache-tools");
    }

    /// The names of all of them, in the order of the alphabet.
    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".transcript"))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .sorted()
                    .toList();
        }
    }

    static Path file(String name) {
        return folder().resolve(name + ".transcript");
    }

    static Transcript read(String name) throws IOException {
        return Transcript.parse(Files.readAllLines(file(name)));
    }

    static Differences differences() throws IOException {
        return new Differences(Files.readAllLines(folder().resolve("differences.txt")));
    }

    /// What `transcript` gives on `broker`.
    static Transcript run(Transcript transcript, Broker broker, ToolsProcess tools) throws IOException {
        try (TranscriptRun run = new TranscriptRun(broker, tools)) {
            return transcript.with(run::answer);
        }
    }
}
