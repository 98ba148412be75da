package io.meridian.engine.metadata;

import io.meridian.engine.metadata.ControllerReply.ProducerIdBlock;
import io.meridian.engine.metadata.ControllerReply.ProducerIdsAllocated;
import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import java.util.List;

/// Gives out producer ids, each once.
public final class ProducerIdBlocks {
    /// As many ids as a broker asks for at a time.
    public static final int COUNT = 1000;
    /// The largest block given out.
    public static final int COUNT_MAX = 1_000_000;

    private ProducerIdBlocks() {}

    static Decision allocate(MetadataImage image, ControllerCommand.AllocateProducerIds command) {
        BrokerImage broker = image.brokers().broker(command.brokerId());
        if (broker == null) {
            return refused(ErrorCode.BROKER_ID_NOT_REGISTERED, "broker " + command.brokerId() + " is not registered");
        }
        if (broker.brokerEpoch() != command.brokerEpoch()) {
            return refused(
                    ErrorCode.STALE_BROKER_EPOCH,
                    "broker epoch " + command.brokerEpoch() + ": expected " + broker.brokerEpoch());
        }
        if (command.count() < 1 || command.count() > COUNT_MAX) {
            return refused(
                    ErrorCode.INVALID_REQUEST,
                    "a block of " + command.count() + " producer ids: expected 1 to " + COUNT_MAX);
        }
        long first = image.nextProducerId();
        if (first > Long.MAX_VALUE - command.count()) {
            return refused(ErrorCode.UNKNOWN_SERVER_ERROR, "every producer id has been given out");
        }
        return new Decision(
                List.of(new MetadataRecord.ProducerIds(
                        command.brokerId(), command.brokerEpoch(), first + command.count())),
                new ProducerIdsAllocated(Outcome.accepted(new ProducerIdBlock(first, command.count()))));
    }

    /// Never goes back.
    static MetadataImage apply(MetadataImage image, MetadataRecord.ProducerIds record) {
        return image.withNextProducerId(Math.max(image.nextProducerId(), record.nextProducerId()));
    }

    private static Decision refused(ErrorCode error, String detail) {
        return new Decision(List.of(), new ProducerIdsAllocated(Outcome.rejected(error, detail)));
    }
}
