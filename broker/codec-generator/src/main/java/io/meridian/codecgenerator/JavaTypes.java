package io.meridian.codecgenerator;

import io.meridian.codecgenerator.FieldType.Array;
import io.meridian.codecgenerator.FieldType.Scalar;
import io.meridian.codecgenerator.FieldType.Struct;

/// How the types and defaults of a specification read in Java.
final class JavaTypes {
    private JavaTypes() {}

    /// The type of a component, parameter or local variable.
    static String declared(FieldSpec field) {
        String type = of(field.type());
        return field.isNullable() ? "@Nullable " + type : type;
    }

    private static String of(FieldType type) {
        return switch (type) {
            case Scalar.BOOL -> "boolean";
            case Scalar.INT8 -> "byte";
            case Scalar.INT16 -> "short";
            case Scalar.UINT16, Scalar.INT32 -> "int";
            case Scalar.INT64 -> "long";
            case Scalar.FLOAT64 -> "double";
            case Scalar.STRING -> "String";
            case Scalar.UUID -> "Uuid";
            case Scalar.BYTES -> "ByteBuffer";
            case Scalar.RECORDS -> "Payload";
            case Struct(String name) -> name;
            case Array(FieldType element) -> "List<" + boxed(element) + ">";
        };
    }

    private static String boxed(FieldType type) {
        return switch (type) {
            case Scalar.BOOL -> "Boolean";
            case Scalar.INT8 -> "Byte";
            case Scalar.INT16 -> "Short";
            case Scalar.UINT16, Scalar.INT32 -> "Integer";
            case Scalar.INT64 -> "Long";
            case Scalar.FLOAT64 -> "Double";
            case FieldType _ -> of(type);
        };
    }

    /// The end of the names of the reader's and writer's methods for a type.
    static String methodSuffix(Scalar type) {
        return switch (type) {
            case BOOL -> "Boolean";
            case INT8 -> "Int8";
            case INT16 -> "Int16";
            case UINT16 -> "Uint16";
            case INT32 -> "Int32";
            case INT64 -> "Int64";
            case FLOAT64 -> "Float64";
            case STRING -> "String";
            case UUID -> "Uuid";
            case BYTES -> "Bytes";
            case RECORDS -> "Payload";
        };
    }

    /// The value of a field that is not there.
    static String defaultValue(FieldSpec field) {
        if (field.defaultsToNull()) {
            return "null";
        }
        String text = field.defaultText() == null ? "" : field.defaultText();
        return switch (field.type()) {
            case Scalar.BOOL -> Boolean.toString(Boolean.parseBoolean(text));
            case Scalar.INT8 -> "(byte) " + integer(text);
            case Scalar.INT16 -> "(short) " + integer(text);
            case Scalar.UINT16, Scalar.INT32 -> integer(text);
            case Scalar.INT64 -> integer(text) + "L";
            case Scalar.FLOAT64 -> Double.toString(text.isEmpty() ? 0.0 : Double.parseDouble(text));
            case Scalar.STRING -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case Scalar.UUID -> text.isEmpty() ? "Uuid.ZERO" : "Uuid.parse(\"" + text + "\")";
            case Scalar.BYTES -> "WireReader.EMPTY_BYTES";
            case Scalar.RECORDS -> "BufferPayload.EMPTY";
            case Struct(String name) -> name + ".DEFAULT";
            case Array _ -> "List.of()";
        };
    }

    /// The condition under which a field has its default.
    static String isDefault(FieldSpec field) {
        if (field.defaultsToNull()) {
            return field.self() + " == null";
        }
        String value = defaultValue(field);
        return switch (field.type()) {
            case Scalar.BOOL -> value.equals("true") ? field.self() : "!" + field.self();
            case Scalar.INT8, Scalar.INT16 -> field.self() + " == " + value.substring(value.indexOf(' ') + 1);
            case Scalar.UINT16, Scalar.INT32, Scalar.INT64, Scalar.FLOAT64 -> field.self() + " == " + value;
            case FieldType _ ->
                field.isNullable() ? value + ".equals(" + field.self() + ")" : field.self() + ".equals(" + value + ")";
        };
    }

    /// The condition under which a field has another value than its default.
    static String isSet(FieldSpec field) {
        String isDefault = isDefault(field);
        if (isDefault.contains(" == ")) {
            return isDefault.replace(" == ", " != ");
        }
        return isDefault.startsWith("!") ? isDefault.substring(1) : "!" + isDefault;
    }

    private static String integer(String text) {
        return text.isEmpty() ? "0" : Long.decode(text).toString();
    }
}
