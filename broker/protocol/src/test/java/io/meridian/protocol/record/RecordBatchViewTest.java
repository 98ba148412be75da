package io.meridian.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecordBatchViewTest {
    @Test
    void sequencesGoOnAtZeroAfterTheLargest() {
        assertThat(RecordBatchView.sequenceAfter(0, 1)).isEqualTo(1);
        assertThat(RecordBatchView.sequenceAfter(Integer.MAX_VALUE, 1)).isZero();
        assertThat(RecordBatchView.sequenceAfter(Integer.MAX_VALUE - 1, 4)).isEqualTo(2);
        assertThat(RecordBatchView.sequenceAfter(Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE - 1);
        assertThat(RecordBatchView.sequenceAfter(-1, 5)).isEqualTo(-1);
    }

    @Test
    void batchBehindOtherBytesOfADirectBufferIsReadInPlace() {
        ByteBuffer batch = new RecordBatchBuilder()
                .append(10, null, new byte[] {1, 2})
                .append(30, null, new byte[] {3})
                .build();
        ByteBuffer frame = ByteBuffer.allocateDirect(batch.remaining() + 11);
        frame.position(7).put(batch.duplicate()).position(7).limit(7 + batch.remaining());

        RecordBatchView view = RecordBatchView.of(frame);

        assertThat(view.crcIsValid()).isTrue();
        assertThat(view.sizeBytes()).isEqualTo(batch.remaining());
        assertThat(view.lastOffsetDelta()).isEqualTo(1);
        assertThat(view.baseTimestampMs()).isEqualTo(10);
        assertThat(view.maxTimestampMs()).isEqualTo(30);
        assertThat(view.bytes()).isEqualTo(batch);
        assertThat(frame.position()).isEqualTo(7);
    }

    @Test
    void offsetAndEpochArePatchedOutsideTheCrc() {
        ByteBuffer batch =
                new RecordBatchBuilder().append(10, null, new byte[] {1}).build();
        RecordBatchView view = RecordBatchView.of(batch);
        long crc = view.crc();

        view.setBaseOffset(Long.MAX_VALUE / 2);
        view.setPartitionLeaderEpoch(77);

        assertThat(view.crc()).isEqualTo(crc);
        assertThat(view.crcIsValid()).isTrue();
        assertThat(view.lastOffset()).isEqualTo(Long.MAX_VALUE / 2);
    }

    @Test
    void cursorPassesEveryRecordOnce() {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (int index = 0; index < 1000; index++) {
            builder.append(index, null, new byte[10]);
        }
        RecordCursor cursor = RecordCursor.over(RecordBatchView.of(builder.build()));

        int count = 0;
        while (cursor.next() == RecordCursor.Step.RECORD) {
            assertThat(cursor.offsetDelta()).isEqualTo(count);
            assertThat(cursor.timestampDelta()).isEqualTo(count);
            count++;
        }

        assertThat(count).isEqualTo(1000);
        assertThat(cursor.next()).isEqualTo(RecordCursor.Step.END);
    }
}
