package io.meridian.codecgenerator;

import io.meridian.codecgenerator.FieldType.Scalar;

/// What the objects of a message take on the heap of a JVM with compressed references. A reader counts it before it
/// makes them: a struct has fields that the version on the wire lacks, so that two bytes can become sixty.
final class HeapSize {
    private static final int HEADER_BYTES = 12;
    private static final int REFERENCE_BYTES = 4;
    private static final int ALIGNMENT_BYTES = 8;

    private HeapSize() {}

    /// The record of a struct without what it refers to; a little too much rather than too little.
    static int of(StructSpec struct) {
        int sum = HEADER_BYTES;
        boolean isAligned = false;
        for (FieldSpec field : struct.fields()) {
            int size = of(field.type());
            isAligned |= size == ALIGNMENT_BYTES;
            sum += size;
        }
        int padded = sum + (isAligned ? REFERENCE_BYTES : 0);
        return (padded + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    }

    /// Whether a list makes an object of each such value that nobody else shares.
    static boolean isBoxed(Scalar scalar) {
        return switch (scalar) {
            case INT16, UINT16, INT32, INT64, FLOAT64 -> true;
            case BOOL, INT8, STRING, UUID, BYTES, RECORDS -> false;
        };
    }

    private static int of(FieldType type) {
        return switch (type) {
            case Scalar.BOOL, Scalar.INT8 -> 1;
            case Scalar.INT16 -> Short.BYTES;
            case Scalar.INT64, Scalar.FLOAT64 -> Long.BYTES;
            case Scalar.INT32, Scalar.UINT16 -> Integer.BYTES;
            case FieldType _ -> REFERENCE_BYTES;
        };
    }
}
