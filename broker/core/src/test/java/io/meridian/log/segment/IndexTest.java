package io.meridian.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class IndexTest {
    private static OffsetIndex offsets() {
        OffsetIndex index = new OffsetIndex(1000);
        index.append(1010, 500);
        index.append(1020, 900);
        index.append(1030, 1500);
        return index;
    }

    @Test
    void lookupGivesTheLastEntryAtOrBelow() {
        OffsetIndex index = offsets();
        assertThat(index.positionFloor(1000)).isZero();
        assertThat(index.positionFloor(1009)).isZero();
        assertThat(index.positionFloor(1010)).isEqualTo(500);
        assertThat(index.positionFloor(1029)).isEqualTo(900);
        assertThat(index.positionFloor(Long.MAX_VALUE)).isEqualTo(1500);
        assertThat(index.nextPosition(900)).isEqualTo(1500);
        assertThat(index.nextPosition(1500)).isEqualTo(-1);
    }

    @Test
    void fileHasKafkasEntries() {
        ByteBuffer file = offsets().encodeBelow(1030);
        assertThat(file)
                .isEqualTo(ByteBuffer.allocate(16)
                        .putInt(10)
                        .putInt(500)
                        .putInt(20)
                        .putInt(900)
                        .flip());

        TimeIndex times = new TimeIndex(1000);
        times.append(77, 1010);
        assertThat(times.encodeBelow(2000))
                .isEqualTo(ByteBuffer.allocate(12).putLong(77).putInt(10).flip());
    }

    @Test
    void reservedZerosBehindTheEntriesAreIgnored() {
        byte[] padded = Arrays.copyOf(offsets().encodeBelow(2000).array(), 800);
        OffsetIndex index = OffsetIndex.decode(1000, ByteBuffer.wrap(padded), 2000);
        assertThat(index).isNotNull();
        if (index != null) {
            assertThat(index.count()).isEqualTo(3);
        }
    }

    @Test
    void entriesThatCannotBeTrueAreRefused() {
        assertThat(OffsetIndex.decode(1000, offsets().encodeBelow(2000), 1500))
                .as("behind the end")
                .isNull();
        assertThat(OffsetIndex.decode(0, ints(10, 500, 10, 600), 2000))
                .as("same offset")
                .isNull();
        assertThat(OffsetIndex.decode(0, ints(10, 500, 20, 500), 2000))
                .as("same position")
                .isNull();
        assertThat(OffsetIndex.decode(0, ints(-10, 500), 2000)).as("negative").isNull();
        assertThat(OffsetIndex.decode(0, ints(10, 500, 20), 2000))
                .as("half an entry")
                .isNull();
        assertThat(OffsetIndex.decode(0, ints(10, 500, 0, 0, 20, 600), 2000))
                .as("hole")
                .isNull();
        TimeIndex times = new TimeIndex(0);
        times.append(77, 10);
        assertThat(TimeIndex.decode(0, times.encodeBelow(100), 10))
                .as("behind the end")
                .isNull();
    }

    private static ByteBuffer ints(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Integer.BYTES);
        for (int value : values) {
            buffer.putInt(value);
        }
        return buffer.flip();
    }

    @Test
    void timeLookupBeginsBehindWhatIsCertainlyOlder() {
        TimeIndex times = new TimeIndex(1000);
        times.append(50, 1010);
        times.append(50, 1015);
        times.append(70, 1020);
        assertThat(times.count()).isEqualTo(2);
        assertThat(times.offsetBefore(50)).isEqualTo(1000);
        assertThat(times.offsetBefore(51)).isEqualTo(1010);
        assertThat(times.offsetBefore(71)).isEqualTo(1020);
    }
}
