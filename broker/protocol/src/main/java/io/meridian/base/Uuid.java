package io.meridian.base;

import java.nio.ByteBuffer;
import java.util.Base64;

/// A 128-bit identifier in the order and text form of the Kafka protocol: URL-safe Base64 without padding.
public record Uuid(long mostSignificantBits, long leastSignificantBits) implements Comparable<Uuid> {
    /// "No id" wherever the protocol has an id field that does not apply.
    public static final Uuid ZERO = new Uuid(0L, 0L);

    private static final int BYTES = 16;

    /// The id whose text is `text`.
    ///
    /// @throws IllegalArgumentException when `text` is not the Base64 form of 16 bytes
    public static Uuid parse(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an id has 16 bytes, found " + bytes.length + " in " + text);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Uuid(buffer.getLong(), buffer.getLong());
    }

    public boolean isZero() {
        return mostSignificantBits == 0L && leastSignificantBits == 0L;
    }

    @Override
    public int compareTo(Uuid other) {
        int high = Long.compareUnsigned(mostSignificantBits, other.mostSignificantBits);
        return high != 0 ? high : Long.compareUnsigned(leastSignificantBits, other.leastSignificantBits);
    }

    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(mostSignificantBits)
                .putLong(leastSignificantBits)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
