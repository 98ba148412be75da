package io.meridian.engine.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.metadata.MetadataRecordCodec.Decoded;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetadataRecordCodecTest {
    @Test
    void everyRecordComesBackAsItWas() {
        SeededRandom random = new SeededRandom(1);
        for (int round = 0; round < 5_000; round++) {
            MetadataRecord record = RandomRecords.ofKind(random, round % RandomRecords.KINDS);

            assertThat(MetadataRecordCodec.decode(MetadataRecordCodec.encode(record)))
                    .isEqualTo(new Decoded.Value(record));
        }
    }

    @Test
    void bytesOnDiskAreTheOnesOfTheFirstRelease() {
        Uuid topicId = new Uuid(1, 2);

        assertThat(hex(new MetadataRecord.PartitionChange(topicId, 3, 4, 5, null, List.of(6))))
                .isEqualTo("0600" + "00000000000000010000000000000002" + "00000003" + "00000004" + "00000005" + "01"
                        + "01" + "05" + "02" + "00000006");
        assertThat(hex(new MetadataRecord.Topic("ab", topicId)))
                .isEqualTo("0400" + "036162" + "00000000000000010000000000000002" + "00");
        assertThat(hex(new MetadataRecord.NoOp())).isEqualTo("000000");
    }

    @Test
    void unknownTypeAndNewerVersionAreNamedAsANewerFormat() {
        assertThat(decode(10, 0))
                .isInstanceOfSatisfying(
                        Decoded.Newer.class,
                        newer -> assertThat(newer.detail())
                                .contains("newer format")
                                .contains("type 10"));
        assertThat(decode(4, 1))
                .isInstanceOfSatisfying(
                        Decoded.Newer.class, newer -> assertThat(newer.detail()).contains("type 4 version 1"));
    }

    @Test
    void bytesBeforeTheEndOrAfterItAreDamage() {
        assertThat(decode()).isInstanceOf(Decoded.Damaged.class);
        assertThat(decode(4, 0, 3, 'a')).isInstanceOf(Decoded.Damaged.class);
        assertThat(decode(0, 0, 0, 7)).isInstanceOf(Decoded.Damaged.class);
        assertThat(decode(8, 0, 99, 1, 1, 1, 0)).isInstanceOf(Decoded.Damaged.class);
    }

    @Test
    void anyBytesDecodeToSomething() {
        SeededRandom random = new SeededRandom(2);
        for (int round = 0; round < 50_000; round++) {
            ByteBuffer bytes = MetadataRecordCodec.encode(RandomRecords.next(random));
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt());
            }
            bytes.limit(random.nextInt(bytes.limit() + 1));

            assertThat(MetadataRecordCodec.decode(bytes)).isNotNull();
        }
    }

    private static Decoded decode(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int value : bytes) {
            buffer.put((byte) value);
        }
        return MetadataRecordCodec.decode(buffer.flip());
    }

    private static String hex(MetadataRecord record) {
        ByteBuffer bytes = MetadataRecordCodec.encode(record);
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return HexFormat.of().formatHex(content);
    }
}
