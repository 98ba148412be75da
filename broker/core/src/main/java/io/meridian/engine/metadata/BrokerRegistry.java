package io.meridian.engine.metadata;

import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.metadata.image.BrokersImage;
import io.meridian.engine.metadata.image.MetadataImage;
import java.util.ArrayList;
import java.util.List;

/// Which brokers there are. Every start of one is a registration of its own.
final class BrokerRegistry {
    private BrokerRegistry() {}

    /// The registration of one start. Its epoch is above every earlier one of any broker, whatever became of the
    /// offsets of the log that they came from.
    static MetadataRecord.RegisterBroker register(MetadataImage image, ControllerCommand.StartBroker command) {
        long brokerEpoch = image.metadataOffset() + 1;
        for (BrokerImage broker : image.brokers().inIdOrder()) {
            brokerEpoch = Math.max(brokerEpoch, broker.brokerEpoch() + 1);
        }
        return new MetadataRecord.RegisterBroker(
                command.brokerId(),
                command.incarnationId(),
                brokerEpoch,
                command.host(),
                command.port(),
                command.rack(),
                false);
    }

    /// The brokers that may be given replicas, in ascending order of ids.
    static List<ReplicaPlacement.Candidate> candidates(BrokersImage brokers) {
        List<ReplicaPlacement.Candidate> candidates = new ArrayList<>(brokers.size());
        for (BrokerImage broker : brokers.inIdOrder()) {
            if (!broker.fenced()) {
                candidates.add(new ReplicaPlacement.Candidate(broker.brokerId(), broker.rack()));
            }
        }
        return candidates;
    }

    static boolean isUnfenced(BrokersImage brokers, int brokerId) {
        BrokerImage broker = brokers.broker(brokerId);
        return broker != null && !broker.fenced();
    }

    static BrokersImage apply(BrokersImage brokers, MetadataRecord.RegisterBroker record) {
        return brokers.with(new BrokerImage(
                record.brokerId(),
                record.incarnationId(),
                record.brokerEpoch(),
                record.host(),
                record.port(),
                record.rack(),
                record.fenced()));
    }
}
