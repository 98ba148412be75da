package io.meridian.codecgenerator;

import io.meridian.codecgenerator.FieldType.Array;
import io.meridian.codecgenerator.FieldType.Scalar;
import io.meridian.codecgenerator.FieldType.Struct;
import java.util.List;
import java.util.stream.Collectors;

/// Emits the method that reads a struct.
final class ReadMethod {
    private final MessageSpec message;
    private final StructSpec struct;
    private final FlexibleVersions flexible;
    private final JavaSource out;

    ReadMethod(MessageSpec message, StructSpec struct, JavaSource out) {
        this.message = message;
        this.struct = struct;
        this.flexible = new FlexibleVersions(message, struct);
        this.out = out;
    }

    void emit() {
        boolean isRoot = struct.equals(message.root());
        if (isRoot) {
            out.line("/// Reads the fields that `version` has; the others get their defaults.");
        }
        out.open((isRoot ? "public " : "") + "static " + struct.name() + " read(WireReader reader, short version) {");
        if (isRoot) {
            out.line(
                    "FieldSupport.checkVersion(\"" + message.name() + "\", version, LOWEST_VERSION, HIGHEST_VERSION);");
        }
        out.line("reader.claim(\"" + struct.path() + "\", " + HeapSize.of(struct) + ");");
        flexible.declare(out);
        for (FieldSpec field : struct.fields()) {
            readInPlace(field);
        }
        readTagged();
        String arguments = struct.fields().stream().map(FieldSpec::local).collect(Collectors.joining(", "));
        out.line("return new " + struct.name() + "(" + arguments + ");");
        out.close();
    }

    private void readInPlace(FieldSpec field) {
        String condition = field.untaggedVersions().condition(struct.versions());
        String absent = JavaTypes.defaultValue(field);
        String value = switch (condition) {
            case "true" -> value(field, field.untaggedVersions());
            case "false" -> absent;
            default -> condition + " ? " + parenthesized(value(field, field.untaggedVersions())) + " : " + absent;
        };
        out.line(JavaTypes.declared(field) + " " + field.local() + " = " + value + ";");
    }

    private void readTagged() {
        if (flexible.never()) {
            return;
        }
        if (!flexible.always()) {
            out.open("if (flexible) {");
        }
        List<FieldSpec> tagged = struct.taggedFields();
        String path = '"' + struct.path() + '"';
        if (tagged.isEmpty()) {
            out.line("reader.skipTaggedFields(" + path + ");");
        } else {
            out.line("int tag = -1;");
            out.open("for (int left = reader.readTagCount(" + path + "); left > 0; left--) {");
            out.line("tag = reader.readTag(" + path + ", tag);");
            out.line("int end = reader.readTagEnd(" + path + ");");
            String opening = "if (";
            for (FieldSpec field : tagged) {
                String versions =
                        field.taggedVersions().condition(message.flexible().intersect(struct.versions()));
                String known = versions.equals("true") ? "" : " && " + versions;
                String line = opening + "tag == " + field.tag() + known + ") {";
                if (opening.startsWith("}")) {
                    out.next(line);
                } else {
                    out.open(line);
                }
                out.line(field.local() + " = " + value(field, field.taggedVersions()) + ";");
                opening = "} else if (";
            }
            out.next("} else {").line("reader.skipUnknown(" + path + ", end);").close();
            out.line("reader.expectOffset(" + path + ", end);");
            out.close();
        }
        if (!flexible.always()) {
            out.close();
        }
    }

    /// The expression that reads a field in versions in which it exists.
    private String value(FieldSpec field, VersionRange versions) {
        String nullable = field.nullable().condition(versions);
        return switch (nullable) {
            case "true" -> value(field, versions, true);
            case "false" -> value(field, versions, false);
            default ->
                "(" + nullable + " ? " + value(field, versions, true) + " : " + value(field, versions, false) + ")";
        };
    }

    private String value(FieldSpec field, VersionRange versions, boolean nullable) {
        String path = '"' + struct.path() + "." + field.name() + '"';
        String read = "reader.read" + (nullable ? "Nullable" : "");
        String compact = flexible.within(versions);
        return switch (field.type()) {
            case Scalar scalar
            when scalar.fixedBytes() > 0 -> "reader.read" + JavaTypes.methodSuffix(scalar) + "(" + path + ")";
            case Scalar scalar -> read + JavaTypes.methodSuffix(scalar) + "(" + path + ", " + compact + ")";
            case Struct(String name)
            when nullable -> "reader.readPresence(" + path + ") ? " + name + ".read(reader, version) : null";
            case Struct(String name) -> name + ".read(reader, version)";
            case Array(FieldType element) ->
                read + "List(" + path + ", " + compact + ", " + WireSize.minimum(message, element, versions)
                        + ", version, " + elementReader(element, path, compact) + ")";
        };
    }

    private static String elementReader(FieldType element, String path, String compact) {
        return switch (element) {
            case Struct(String name) -> name + "::read";
            case Scalar scalar
            when scalar.fixedBytes() > 0 -> {
                String read = "r.read" + JavaTypes.methodSuffix(scalar) + "(" + path + ")";
                yield "(r, v) -> " + (HeapSize.isBoxed(scalar) ? "r.boxed(" + path + ", " + read + ")" : read);
            }
            case Scalar scalar -> {
                String read = "(r, v) -> r.read" + JavaTypes.methodSuffix(scalar) + "(" + path + ", ";
                boolean isFixed = compact.equals("true") || compact.equals("false");
                // A lambda that captures would be an object for each list.
                yield isFixed ? read + compact + ")" : compact + " ? " + read + "true) : " + read + "false)";
            }
            case Array _ -> throw new SpecificationException(path + ": arrays of arrays do not exist");
        };
    }

    private static String parenthesized(String expression) {
        return expression.contains(" ? ") && !expression.startsWith("(") ? "(" + expression + ")" : expression;
    }
}
