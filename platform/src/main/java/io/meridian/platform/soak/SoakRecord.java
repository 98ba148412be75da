package io.meridian.platform.soak;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// One numbered record of the soak and its bytes.
///
/// The bytes are: CRC32C of the rest (4), producer (4), partition (4), sequence (4), filling. The filling is made
/// from the
/// other fields, so records differ in content and in length.
///
/// @param producer which of the soak's producers wrote it
/// @param partition the partition it was written to
/// @param sequence its number among that producer's records in that partition, from 0 without gaps
/// @param length of all its bytes, at least [#LENGTH_MIN]
record SoakRecord(int producer, int partition, int sequence, int length) {
    /// Length without any filling, in bytes.
    static final int LENGTH_MIN = 16;

    private static final int CRC_BYTES = 4;

    byte[] encode() {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        bytes.position(CRC_BYTES);
        bytes.putInt(producer).putInt(partition).putInt(sequence);
        int filling = 31 * sequence + producer;
        while (bytes.hasRemaining()) {
            bytes.put((byte) filling++);
        }
        bytes.putInt(0, crc(bytes.array()));
        return bytes.array();
    }

    /// The record in `bytes`, or nothing if they are not what [#encode] made.
    static Optional<SoakRecord> decode(byte[] bytes) {
        if (bytes.length < LENGTH_MIN) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt() != crc(bytes)) {
            return Optional.empty();
        }
        return Optional.of(new SoakRecord(buffer.getInt(), buffer.getInt(), buffer.getInt(), bytes.length));
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, CRC_BYTES, bytes.length - CRC_BYTES);
        return (int) crc.getValue();
    }
}
