package io.meridian.engine.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.metadata.ControllerCommand.AllocateProducerIds;
import io.meridian.engine.metadata.ControllerReply.ProducerIdBlock;
import io.meridian.engine.metadata.ControllerReply.ProducerIdsAllocated;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerIdBlocksTest {
    private final MetadataBed bed = MetadataBed.withBrokers(1);

    @Test
    void blocksFollowOneAnother() {
        assertThat(allocate(1, epoch(), 1000)).isEqualTo(Outcome.accepted(new ProducerIdBlock(0, 1000)));
        assertThat(allocate(1, epoch(), 1000)).isEqualTo(Outcome.accepted(new ProducerIdBlock(1000, 1000)));
        assertThat(bed.image.nextProducerId()).isEqualTo(2000);
    }

    @Test
    void unknownBrokerGetsNone() {
        assertThat(errorOf(allocate(2, 0, 1000))).isEqualTo(ErrorCode.BROKER_ID_NOT_REGISTERED);
    }

    @Test
    void olderStartOfABrokerGetsNone() {
        long before = epoch();
        bed.start(1, null);

        assertThat(errorOf(allocate(1, before, 1000))).isEqualTo(ErrorCode.STALE_BROKER_EPOCH);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, ProducerIdBlocks.COUNT_MAX + 1})
    void sizeOutOfBoundsIsRefused(int count) {
        assertThat(errorOf(allocate(1, epoch(), count))).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void lastIdsAreNotGivenOutTwice() {
        bed.image = bed.image.withNextProducerId(Long.MAX_VALUE - 10);

        assertThat(errorOf(allocate(1, epoch(), 11))).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(errorOf(allocate(1, epoch(), 10))).isEqualTo(ErrorCode.NONE);
    }

    private Outcome<ProducerIdBlock> allocate(int brokerId, long brokerEpoch, int count) {
        return ((ProducerIdsAllocated) bed.run(new AllocateProducerIds(brokerId, brokerEpoch, count))).outcome();
    }

    private long epoch() {
        return Objects.requireNonNull(bed.image.brokers().broker(1)).brokerEpoch();
    }

    private static ErrorCode errorOf(Outcome<ProducerIdBlock> outcome) {
        return outcome instanceof Outcome.Rejected<ProducerIdBlock>(ErrorCode error, String _) ? error : ErrorCode.NONE;
    }
}
