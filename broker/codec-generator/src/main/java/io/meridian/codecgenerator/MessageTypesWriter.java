package io.meridian.codecgenerator;

import io.meridian.codecgenerator.MessageSpec.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/// Emits `MessageTypes`, which finds messages by the number of their API.
final class MessageTypesWriter {
    /// The response to ApiVersions is read before the reader knows what the writer speaks: its header never changes.
    private static final int API_VERSIONS = 18;

    private final List<MessageSpec> requests;
    private final List<MessageSpec> responses;
    private final JavaSource out = new JavaSource();

    private MessageTypesWriter(List<MessageSpec> messages) {
        this.requests = ofKind(messages, Kind.REQUEST);
        this.responses = ofKind(messages, Kind.RESPONSE);
    }

    static String source(List<MessageSpec> messages) {
        return new MessageTypesWriter(messages).emit();
    }

    private static List<MessageSpec> ofKind(List<MessageSpec> messages, Kind kind) {
        return messages.stream()
                .filter(message -> message.kind() == kind)
                .sorted(Comparator.comparingInt(MessageSpec::apiKey))
                .toList();
    }

    private String emit() {
        out.line("package " + CodecGenerator.PACKAGE + ";").blank();
        out.line("import io.meridian.protocol.wire.RequestMessage;");
        out.line("import io.meridian.protocol.wire.ResponseMessage;");
        out.line("import io.meridian.protocol.wire.UnsupportedVersionException;");
        out.line("import io.meridian.protocol.wire.WireReader;").blank();
        out.line("/// The requests and responses by the number of their API.");
        out.open("public final class MessageTypes {");
        out.line("private MessageTypes() {}");
        emitReader("RequestMessage", "readRequest", requests);
        emitReader("ResponseMessage", "readResponse", responses);
        emitFlexible("requestFlexible", "request header is version 2 rather than 1", requests);
        emitFlexible(
                "responseFlexible",
                "response header is version 1 rather than 0",
                responses.stream()
                        .filter(message -> message.apiKey() != API_VERSIONS)
                        .toList());
        emitVersion(
                "lowestVersion",
                "The lowest version of an API",
                message -> message.versions().lowest());
        emitVersion(
                "highestVersion",
                "The highest version of an API, unstable ones included",
                message -> message.versions().highest());
        emitVersion(
                "highestStableVersion",
                "The highest version of an API that will not change",
                MessageSpec::highestStable);
        out.close();
        return out.toString();
    }

    private void emitReader(String type, String method, List<MessageSpec> messages) {
        out.blank();
        out.line("/// @throws UnsupportedVersionException when there is no such API or version");
        out.open("public static " + type + " " + method + "(short apiKey, WireReader reader, short version) {");
        out.open("return switch (apiKey) {");
        for (MessageSpec message : messages) {
            out.line("case " + message.apiKey() + " -> " + message.name() + ".read(reader, version);");
        }
        out.line("default -> throw new UnsupportedVersionException(\"there is no API \" + apiKey);");
        out.closeExpression();
        out.close();
    }

    private void emitFlexible(String method, String meaning, List<MessageSpec> messages) {
        out.blank();
        out.line("/// Whether the " + meaning + ". False for an unknown API; versions above the known ones count as");
        out.line("/// the highest one.");
        out.open("public static boolean " + method + "(short apiKey, short version) {");
        out.open("return switch (apiKey) {");
        for (MessageSpec message : messages) {
            if (!message.flexible().isEmpty()) {
                out.line("case " + message.apiKey() + " -> version >= "
                        + message.flexible().lowest() + ";");
            }
        }
        out.line("default -> false;");
        out.closeExpression();
        out.close();
    }

    private void emitVersion(String method, String meaning, ToIntFunction<MessageSpec> version) {
        out.blank();
        out.line("/// " + meaning + ", or -1 when there is no such API.");
        out.open("public static short " + method + "(short apiKey) {");
        out.open("return switch (apiKey) {");
        for (MessageSpec message : requests) {
            out.line("case " + message.apiKey() + " -> " + version.applyAsInt(message) + ";");
        }
        out.line("default -> -1;");
        out.closeExpression();
        out.close();
    }
}
