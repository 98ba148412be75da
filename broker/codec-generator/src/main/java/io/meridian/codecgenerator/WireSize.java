package io.meridian.codecgenerator;

import io.meridian.codecgenerator.FieldType.Array;
import io.meridian.codecgenerator.FieldType.Scalar;
import io.meridian.codecgenerator.FieldType.Struct;

/// The fewest bytes that a value can have on the wire, over all versions in which it exists. A reader divides what
/// is left of a frame by it before it believes a count.
final class WireSize {
    private WireSize() {}

    static int minimum(MessageSpec message, FieldType type, VersionRange versions) {
        int minimum = Integer.MAX_VALUE;
        for (int version = versions.lowest(); version <= versions.highest(); version++) {
            minimum = Math.min(minimum, minimum(message, type, version));
        }
        return minimum;
    }

    private static int minimum(MessageSpec message, FieldType type, int version) {
        boolean flexible = message.flexible().contains(version);
        return switch (type) {
            case Scalar.STRING -> flexible ? 1 : Short.BYTES;
            case Scalar.BYTES, Scalar.RECORDS -> flexible ? 1 : Integer.BYTES;
            case Scalar scalar -> scalar.fixedBytes();
            case Array _ -> flexible ? 1 : Integer.BYTES;
            case Struct(String name) -> minimum(message, message.struct(name), version);
        };
    }

    private static int minimum(MessageSpec message, StructSpec struct, int version) {
        int sum = message.flexible().contains(version) ? 1 : 0;
        for (FieldSpec field : struct.fields()) {
            if (field.untaggedVersions().contains(version)) {
                boolean mayBeAbsent =
                        field.type() instanceof Struct && field.nullable().contains(version);
                sum += mayBeAbsent ? 1 : minimum(message, field.type(), version);
            }
        }
        return sum;
    }
}
