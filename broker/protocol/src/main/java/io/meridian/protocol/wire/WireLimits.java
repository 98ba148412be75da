package io.meridian.protocol.wire;

/// What one frame may ask a reader to allocate.
///
/// @param maxArrayElements elements of any one array
/// @param maxTotalElements elements of all arrays of the frame together, nested ones included: an element costs
///     several times its bytes on the heap, so that arrays of arrays must not multiply up to the size of the frame
/// @param maxTaggedFields tagged fields of any one section, known and unknown
/// @param maxStringBytes encoded bytes of any one string
/// @param maxUnknownTagBytes values of all tagged fields of the frame together that no message knows. They are passed
///     over, so that their number matters less than the time it takes
public record WireLimits(
        int maxArrayElements, int maxTotalElements, int maxTaggedFields, int maxStringBytes, int maxUnknownTagBytes) {
    /// The longest string that the protocol can express in its two-byte form; the compact form is held to it too.
    public static final int PROTOCOL_STRING_BYTES = 32_767;

    private static final int TOTAL_PER_ARRAY = 10;
    private static final int TAGGED_FIELDS = 64;
    private static final int UNKNOWN_TAG_BYTES = 8 * 1_024;

    /// For requests whose API needs no more.
    public static final WireLimits DEFAULT = ofElements(10_000);

    /// The protocol's limits with at most `maxArrayElements` in one array and ten times as many in a frame.
    public static WireLimits ofElements(int maxArrayElements) {
        int total = (int) Math.min(Integer.MAX_VALUE, (long) maxArrayElements * TOTAL_PER_ARRAY);
        return new WireLimits(maxArrayElements, total, TAGGED_FIELDS, PROTOCOL_STRING_BYTES, UNKNOWN_TAG_BYTES);
    }
}
