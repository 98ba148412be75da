package io.meridian.engine.replication;

import io.meridian.protocol.api.ErrorCode;

/// Hears what happens to the partitions of this node that a state machine stands on.
public interface ReplicaWatcher {
    /// Nobody to tell.
    ReplicaWatcher NONE = new ReplicaWatcher() {
        @Override
        public void leads(PartitionReplica replica) {}

        @Override
        public void highWatermarkAdvanced(PartitionReplica replica) {}

        @Override
        public void left(PartitionReplica replica, ErrorCode error) {}
    };

    /// This broker leads the partition from now on, and its log is open.
    void leads(PartitionReplica replica);

    void highWatermarkAdvanced(PartitionReplica replica);

    /// The partition serves no more: deleted, closed or out of order.
    void left(PartitionReplica replica, ErrorCode error);
}
