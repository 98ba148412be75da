package io.meridian.codecgenerator;

import io.meridian.codecgenerator.FieldType.Array;
import io.meridian.codecgenerator.FieldType.Scalar;
import io.meridian.codecgenerator.FieldType.Struct;
import java.util.List;
import java.util.Locale;

/// Emits the method that writes a struct.
final class WriteMethod {
    private final MessageSpec message;
    private final StructSpec struct;
    private final FlexibleVersions flexible;
    private final JavaSource out;

    WriteMethod(MessageSpec message, StructSpec struct, JavaSource out) {
        this.message = message;
        this.struct = struct;
        this.flexible = new FlexibleVersions(message, struct);
        this.out = out;
    }

    void emit() {
        out.line("@Override");
        out.open("public void write(WireWriter writer, short version) {");
        if (struct.equals(message.root())) {
            out.line(
                    "FieldSupport.checkVersion(\"" + message.name() + "\", version, LOWEST_VERSION, HIGHEST_VERSION);");
        }
        flexible.declare(out);
        for (FieldSpec field : struct.fields()) {
            writeInPlace(field);
        }
        writeTagged();
        out.close();
    }

    /// A field in its place, in versions that have it there; the check that nothing is lost, in those that lack it.
    private void writeInPlace(FieldSpec field) {
        VersionRange untagged = field.untaggedVersions();
        String inPlace = untagged.condition(struct.versions());
        String exists = field.versions().condition(struct.versions());
        boolean guarded = !field.ignorable() && !exists.equals("true");
        if (inPlace.equals("true")) {
            writeValue(field, untagged, "writer");
        } else if (!inPlace.equals("false")) {
            out.open("if (" + inPlace + ") {");
            writeValue(field, untagged, "writer");
            if (guarded) {
                out.next(exists.equals(inPlace) ? "} else {" : "} else if (" + negated(exists) + ") {");
                out.line(lossCheck(field));
            }
            out.close();
        } else if (guarded) {
            out.open("if (" + negated(exists) + ") {").line(lossCheck(field)).close();
        }
    }

    private String lossCheck(FieldSpec field) {
        return "FieldSupport.checkDefault(" + path(field) + ", " + JavaTypes.isDefault(field) + ", version);";
    }

    private void writeTagged() {
        if (flexible.never()) {
            return;
        }
        if (!flexible.always()) {
            out.open("if (flexible) {");
        }
        List<FieldSpec> tagged = struct.taggedFields();
        if (tagged.isEmpty()) {
            out.line("writer.writeUnsignedVarint(0);");
        } else {
            writeKnownTags(tagged);
        }
        if (!flexible.always()) {
            out.close();
        }
    }

    private void writeKnownTags(List<FieldSpec> tagged) {
        VersionRange here = message.flexible().intersect(struct.versions());
        out.line("int tagCount = 0;");
        for (FieldSpec field : tagged) {
            String versions = field.taggedVersions().condition(here);
            String known = versions.equals("true") ? "" : versions + " && ";
            out.line("boolean " + hasVariable(field) + " = " + known + JavaTypes.isSet(field) + ";");
            out.open("if (" + hasVariable(field) + ") {").line("tagCount++;").close();
        }
        out.line("writer.writeUnsignedVarint(tagCount);");
        for (FieldSpec field : tagged) {
            out.open("if (" + hasVariable(field) + ") {");
            if (field.type() instanceof Scalar scalar && scalar.fixedBytes() > 0) {
                out.line("writer.writeTagHeader(" + field.tag() + ", " + scalar.fixedBytes() + ");");
                writeValue(field, field.taggedVersions(), "writer");
            } else {
                String value = field.name() + "Writer";
                out.line("WireWriter " + value + " = writer.taggedValue();");
                writeValue(field, field.taggedVersions(), value);
                out.line("writer.writeTagged(" + field.tag() + ", " + value + ");");
            }
            out.close();
        }
    }

    /// Emits the statements that write a field in versions in which it exists.
    private void writeValue(FieldSpec field, VersionRange versions, String writer) {
        String nullable = field.nullable().condition(versions);
        switch (nullable) {
            case "true" -> out.line(statement(field, versions, true, writer));
            case "false" -> out.line(statement(field, versions, false, writer));
            default -> {
                out.open("if (" + nullable + ") {");
                out.line(statement(field, versions, true, writer));
                out.next("} else {");
                out.line(statement(field, versions, false, writer));
                out.close();
            }
        }
    }

    private String statement(FieldSpec field, VersionRange versions, boolean nullable, String writer) {
        boolean mustBeChecked = field.isNullable() && !nullable;
        String value = mustBeChecked
                ? "FieldSupport.present(" + path(field) + ", " + field.self() + ", version)"
                : field.self();
        String write = writer + ".write" + (nullable ? "Nullable" : "");
        String compact = flexible.within(versions);
        return switch (field.type()) {
            case Scalar.STRING -> write + "String(" + path(field) + ", " + value + ", " + compact + ");";
            case Scalar scalar
            when scalar.fixedBytes() > 0 -> writer + ".write" + JavaTypes.methodSuffix(scalar) + "(" + value + ");";
            case Scalar scalar -> write + JavaTypes.methodSuffix(scalar) + "(" + value + ", " + compact + ");";
            case Struct _ when nullable -> writer + ".writeNullableStruct(" + value + ", version);";
            case Struct _ -> value + ".write(" + writer + ", version);";
            case Array(Struct _) -> write + "Structs(" + value + ", " + compact + ", version);";
            case Array(FieldType element) ->
                write + "List(" + value + ", " + compact + ", " + elementWriter(field, element, compact) + ");";
        };
    }

    private String elementWriter(FieldSpec field, FieldType element, String compact) {
        if (!(element instanceof Scalar scalar)) {
            throw new SpecificationException(path(field) + ": arrays of arrays do not exist");
        }
        if (scalar.fixedBytes() > 0) {
            return "WireWriter::write" + JavaTypes.methodSuffix(scalar);
        }
        String name = scalar == Scalar.STRING ? path(field) + ", " : "";
        return "(w, e) -> w.write" + JavaTypes.methodSuffix(scalar) + "(" + name + "e, " + compact + ")";
    }

    private String path(FieldSpec field) {
        return '"' + struct.path() + "." + field.name() + '"';
    }

    private static String hasVariable(FieldSpec field) {
        return "has" + field.name().substring(0, 1).toUpperCase(Locale.ROOT)
                + field.name().substring(1);
    }

    private static String negated(String condition) {
        if (condition.contains("&&")) {
            return "!(" + condition + ")";
        }
        if (condition.contains(">=")) {
            return condition.replace(">=", "<");
        }
        return condition.contains("<=") ? condition.replace("<=", ">") : condition.replace("==", "!=");
    }
}
