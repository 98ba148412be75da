package io.meridian.platform.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SoakRecordTest {
    @Test
    void aRecordComesBackFromItsBytes() {
        for (int length = SoakRecord.LENGTH_MIN; length < 300; length++) {
            SoakRecord record = new SoakRecord(3, 2, 1_000_000 + length, length);

            assertThat(SoakRecord.decode(record.encode())).contains(record);
        }
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] bytes = new SoakRecord(3, 2, 77, 30).encode();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(SoakRecord.decode(flipped)).isEmpty();
        }
    }

    @Test
    void bytesThatAreTooShortAreNoRecord() {
        assertThat(SoakRecord.decode(new byte[SoakRecord.LENGTH_MIN - 1])).isEmpty();
    }
}
