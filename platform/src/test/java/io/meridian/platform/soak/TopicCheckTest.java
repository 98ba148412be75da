package io.meridian.platform.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TopicCheckTest {
    private static final String TOPIC = "t";
    private static final Stream STREAM = new Stream(1, TOPIC, 0);
    private final Tally tally = new Tally();
    private long nextOffset;

    @Test
    void whatWasPromisedAndFoundInOrderIsClean() {
        promised(0, 1, 2);

        Findings findings = found(record(0), record(1), record(2));

        assertThat(findings.clean()).as(findings.toString()).isTrue();
        assertThat(findings.acknowledged()).isEqualTo(3);
        assertThat(findings.read()).isEqualTo(3);
    }

    @Test
    void aPromisedRecordThatIsNotThereIsLost() {
        promised(0, 1, 2);

        assertThat(found(record(0), record(2)).lost()).isEqualTo(1);
    }

    @Test
    void aRecordThatWasNeverPromisedMayBeThere() {
        promised(0);

        assertThat(found(record(0), record(1)).clean()).isTrue();
    }

    @Test
    void aRecordThatIsThereTwiceIsDuplicated() {
        promised(0, 1);

        assertThat(found(record(0), record(1), record(1)).duplicated()).isEqualTo(1);
    }

    @Test
    void aRecordAfterALaterOneIsReordered() {
        promised(0, 1);

        assertThat(found(record(1), record(0)).reordered()).isEqualTo(1);
    }

    @Test
    void aRecordWithAFlippedBitIsDamaged() {
        promised(0);
        byte[] bytes = record(0);
        bytes[bytes.length - 1] ^= 1;

        assertThat(found(bytes).damaged()).isEqualTo(1);
    }

    @Test
    void aRecordOfAnotherPartitionIsDamaged() {
        assertThat(found(new SoakRecord(1, 7, 0, 40).encode()).damaged()).isEqualTo(1);
    }

    @Test
    void aHoleInTheOffsetsIsDamage() {
        TopicCheck check = new TopicCheck(TOPIC, tally.promises());

        check.found(new ConsumerRecord<>(TOPIC, 0, 5, new byte[0], record(0)), 4);

        assertThat(check.conclude().damaged()).isEqualTo(1);
    }

    @Test
    void recordsAtOtherOffsetsThanAcknowledgedAreMisreported() {
        tally.acknowledged(STREAM, 0, 1);
        tally.acknowledged(STREAM, 1, 0);

        assertThat(found(record(0), record(1)).misreported()).isEqualTo(1);
    }

    @Test
    void theFirstProblemSaysWhere() {
        promised(0);

        assertThat(found(record(0), record(0)).firstProblem())
                .contains("duplicate")
                .contains("t-0 offset 1");
    }

    private void promised(int... sequences) {
        for (int sequence : sequences) {
            tally.acknowledged(STREAM, sequence, sequence);
        }
    }

    private static byte[] record(int sequence) {
        return new SoakRecord(1, 0, sequence, 40).encode();
    }

    private Findings found(byte[]... values) {
        TopicCheck check = new TopicCheck(TOPIC, tally.promises());
        for (byte[] value : values) {
            check.found(new ConsumerRecord<>(TOPIC, 0, nextOffset, new byte[0], value), nextOffset);
            nextOffset++;
        }
        return check.conclude();
    }
}
