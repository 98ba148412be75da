package io.meridian.codecgenerator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Writes the sources of all messages into a folder.
///
/// Arguments: the output folder, then folders with specifications of our own. Files whose content would stay the
/// same are left alone, so that nothing is compiled again without need; files that no specification asks for go
/// away.
public final class CodecGenerator {
    static final String PACKAGE = "io.meridian.protocol.message";

    private static final String KAFKA_SPECIFICATIONS = "common/message";
    private static final String KNOWN_SPECIFICATION = KAFKA_SPECIFICATIONS + "/ProduceRequest.json";

    private CodecGenerator() {}

    public static void main(String[] arguments) throws IOException {
        List<MessageSpec> messages = new ArrayList<>(kafkaMessages());
        for (int i = 1; i < arguments.length; i++) {
            messages.addAll(parseFolder(Path.of(arguments[i])));
        }
        Path folder = Path.of(arguments[0]).resolve(PACKAGE.replace('.', '/'));
        write(folder, sources(messages));
    }

    /// The messages of the `kafka-clients` jar on the class path.
    private static List<MessageSpec> kafkaMessages() throws IOException {
        URL known = CodecGenerator.class.getClassLoader().getResource(KNOWN_SPECIFICATION);
        if (known == null || !known.getProtocol().equals("jar")) {
            throw new SpecificationException("no jar on the class path has " + KNOWN_SPECIFICATION);
        }
        String location = known.toString();
        URI jar = URI.create(location.substring(0, location.indexOf("!/")));
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of())) {
            return parseFolder(files.getPath("/" + KAFKA_SPECIFICATIONS));
        }
    }

    private static List<MessageSpec> parseFolder(Path folder) throws IOException {
        List<MessageSpec> messages = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                messages.add(parse(file));
            }
        }
        return messages;
    }

    private static MessageSpec parse(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return SpecificationParser.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (SpecificationException e) {
            throw new SpecificationException(file + ": " + e.getMessage());
        }
    }

    /// File names and contents. Left out are messages without versions, whose API was removed, and the headers,
    /// which the protocol module has by hand: their version follows from what is in them.
    private static Map<String, String> sources(List<MessageSpec> messages) {
        List<MessageSpec> wanted = messages.stream()
                .filter(message -> !message.versions().isEmpty())
                .filter(message -> message.kind() != MessageSpec.Kind.HEADER)
                .sorted(Comparator.comparing(MessageSpec::name))
                .toList();
        Map<String, String> sources = new TreeMap<>();
        for (MessageSpec message : wanted) {
            if (sources.put(message.name() + ".java", RecordWriter.source(message)) != null) {
                throw new SpecificationException("two messages are named " + message.name());
            }
        }
        sources.put("MessageTypes.java", MessageTypesWriter.source(wanted));
        sources.put("package-info.java", packageInfo());
        return sources;
    }

    private static String packageInfo() {
        return new JavaSource()
                .line(
                        "/// The messages of the protocol, generated from their specifications: records that read and write")
                .line("/// themselves in every version. [MessageTypes] finds them by API.")
                .line("@NullMarked")
                .line("package " + PACKAGE + ";")
                .blank()
                .line("import org.jspecify.annotations.NullMarked;")
                .toString();
    }

    private static void write(Path folder, Map<String, String> sources) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve(source.getKey());
            if (!Files.exists(file) || !Files.readString(file).equals(source.getValue())) {
                Files.writeString(file, source.getValue());
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !sources.containsKey(file.getFileName().toString()))
                    .forEach(CodecGenerator::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
