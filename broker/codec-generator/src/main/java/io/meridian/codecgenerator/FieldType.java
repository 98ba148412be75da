package io.meridian.codecgenerator;

import java.util.Locale;

/// The type of a field as its specification names it.
sealed interface FieldType {
    /// A type without structure.
    enum Scalar implements FieldType {
        BOOL,
        INT8,
        INT16,
        UINT16,
        INT32,
        INT64,
        FLOAT64,
        STRING,
        UUID,
        BYTES,
        RECORDS;

        /// Bytes of every value, or 0 when they depend on it.
        int fixedBytes() {
            return switch (this) {
                case BOOL, INT8 -> 1;
                case INT16, UINT16 -> 2;
                case INT32 -> 4;
                case INT64, FLOAT64 -> 8;
                case UUID -> 16;
                case STRING, BYTES, RECORDS -> 0;
            };
        }

        /// The name in specifications.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A struct by name.
    record Struct(String name) implements FieldType {
        @Override
        public String toString() {
            return name;
        }
    }

    /// A list.
    record Array(FieldType element) implements FieldType {
        @Override
        public String toString() {
            return "[]" + element;
        }
    }

    /// Reads `int32`, `[]string`, `[]TopicData` and the like.
    static FieldType parse(String text) {
        if (text.startsWith("[]")) {
            return new Array(parse(text.substring(2)));
        }
        if (Character.isUpperCase(text.charAt(0))) {
            return new Struct(text);
        }
        for (Scalar scalar : Scalar.values()) {
            if (scalar.toString().equals(text)) {
                return scalar;
            }
        }
        throw new SpecificationException("unknown type " + text);
    }
}
