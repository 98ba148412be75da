package io.meridian.codecgenerator;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Emits the source file of one message: a record with its structs nested in it.
final class RecordWriter {
    private final MessageSpec message;
    private final JavaSource out = new JavaSource();

    private RecordWriter(MessageSpec message) {
        this.message = message;
    }

    static String source(MessageSpec message) {
        return new RecordWriter(message).emit();
    }

    private String emit() {
        JavaSource body = out;
        emitRecord(message.root());
        JavaSource file = new JavaSource();
        file.line("package " + CodecGenerator.PACKAGE + ";").blank();
        String code = body.toString();
        for (String type : imports(code)) {
            file.line("import " + type + ";");
        }
        return file.blank() + code;
    }

    private void emitRecord(StructSpec struct) {
        boolean isRoot = struct.equals(message.root());
        comment(struct, isRoot);
        String components = struct.fields().stream()
                .map(field -> JavaTypes.declared(field) + " " + field.name())
                .collect(Collectors.joining(", "));
        out.open("public record " + struct.name() + "(" + components + ") implements "
                + (isRoot ? rootInterface() : "Message") + " {");
        if (isRoot) {
            versionConstants();
        }
        String defaults = struct.fields().stream().map(JavaTypes::defaultValue).collect(Collectors.joining(", "));
        out.line("/// Every field at its default.");
        out.line("public static final " + struct.name() + " DEFAULT = new " + struct.name() + "(" + defaults + ");");
        out.blank();
        if (isRoot && message.apiKey() >= 0) {
            out.line("@Override").open("public short apiKey() {");
            out.line("return " + message.apiKey() + ";").close().blank();
        }
        new ReadMethod(message, struct, out).emit();
        out.blank();
        new WriteMethod(message, struct, out).emit();
        for (FieldSpec field : struct.fields()) {
            emitWith(struct, field);
        }
        if (isRoot) {
            for (StructSpec nested : message.structs()) {
                out.blank();
                emitRecord(nested);
            }
        }
        out.close();
    }

    private void comment(StructSpec struct, boolean isRoot) {
        String title = isRoot ? message.name() + ", versions " : "Part of [" + message.name() + "], versions ";
        out.line("/// " + title + struct.versions() + ".");
        if (!struct.fields().isEmpty()) {
            out.line("///");
        }
        for (FieldSpec field : struct.fields()) {
            String nullable = field.isNullable() ? ", nullable in " + field.nullable() : "";
            String tagged =
                    field.taggedVersions().isEmpty() ? "" : ", tag " + field.tag() + " in " + field.taggedVersions();
            out.line("/// @param " + field.name() + " `" + field.type() + "`, versions " + field.versions() + nullable
                    + tagged);
        }
    }

    private void versionConstants() {
        out.line("public static final short LOWEST_VERSION = "
                + message.versions().lowest() + ";");
        out.line("public static final short HIGHEST_VERSION = "
                + message.versions().highest() + ";");
        if (message.latestUnstable()) {
            out.line("public static final short HIGHEST_STABLE_VERSION = " + message.highestStable() + ";");
        }
        if (!message.flexible().isEmpty()) {
            out.line("public static final short LOWEST_FLEXIBLE_VERSION = "
                    + message.flexible().lowest() + ";");
        }
        out.blank();
    }

    private String rootInterface() {
        return switch (message.kind()) {
            case REQUEST -> "RequestMessage";
            case RESPONSE -> "ResponseMessage";
            case HEADER, DATA -> "Message";
        };
    }

    private void emitWith(StructSpec struct, FieldSpec changed) {
        String arguments = struct.fields().stream().map(FieldSpec::name).collect(Collectors.joining(", "));
        out.blank();
        out.open("public " + struct.name() + " " + changed.withMethod() + "(" + JavaTypes.declared(changed) + " "
                + changed.name() + ") {");
        out.line("return new " + struct.name() + "(" + arguments + ");");
        out.close();
    }

    /// The types that the code names, found by their names as words.
    private static List<String> imports(String code) {
        TreeSet<String> words = new TreeSet<>(List.of(code.split("\\W+")));
        return List.of(
                        "io.meridian.base.Uuid",
                        "io.meridian.protocol.wire.BufferPayload",
                        "io.meridian.protocol.wire.FieldSupport",
                        "io.meridian.protocol.wire.Message",
                        "io.meridian.protocol.wire.Payload",
                        "io.meridian.protocol.wire.RequestMessage",
                        "io.meridian.protocol.wire.ResponseMessage",
                        "io.meridian.protocol.wire.WireReader",
                        "io.meridian.protocol.wire.WireWriter",
                        "java.nio.ByteBuffer",
                        "java.util.List",
                        "org.jspecify.annotations.Nullable")
                .stream()
                .filter(type -> words.contains(type.substring(type.lastIndexOf('.') + 1)))
                .toList();
    }
}
