package io.meridian.engine.replication;

import io.meridian.protocol.api.ErrorCode;

/// Refuses requests of clients whose idea of the leader's reign is not this one (KIP-320).
final class EpochFence {
    static final int UNKNOWN_EPOCH = -1;

    private EpochFence() {}

    /// NONE when the client does not say or says the epoch in force.
    static ErrorCode check(int claimedLeaderEpoch, int leaderEpoch) {
        if (claimedLeaderEpoch == UNKNOWN_EPOCH || claimedLeaderEpoch == leaderEpoch) {
            return ErrorCode.NONE;
        }
        return claimedLeaderEpoch < leaderEpoch ? ErrorCode.FENCED_LEADER_EPOCH : ErrorCode.UNKNOWN_LEADER_EPOCH;
    }
}
