package io.meridian.engine.group;

/// What happened to the groups of one node since the start, those that are gone included. Confined to the node's
/// loop; survives the shards, which are loaded anew now and then.
public final class GroupCounters {
    /// @param rebalancesBegun groups that left a state in which their members had work
    /// @param rebalancesCompleted generations whose members have their assignment
    /// @param expiredSessions members dropped because they were not heard of in time
    /// @param committedOffsets offsets that clients committed
    /// @param expiredOffsets offsets forgotten because nobody used them for long
    public record Snapshot(
            long rebalancesBegun,
            long rebalancesCompleted,
            long expiredSessions,
            long committedOffsets,
            long expiredOffsets) {}

    private long rebalancesBegun;
    private long rebalancesCompleted;
    private long expiredSessions;
    private long committedOffsets;
    private long expiredOffsets;

    void rebalanceBegun() {
        rebalancesBegun++;
    }

    void rebalanceCompleted() {
        rebalancesCompleted++;
    }

    void sessionExpired() {
        expiredSessions++;
    }

    void committed() {
        committedOffsets++;
    }

    void expired(int offsets) {
        expiredOffsets += offsets;
    }

    public Snapshot snapshot() {
        return new Snapshot(rebalancesBegun, rebalancesCompleted, expiredSessions, committedOffsets, expiredOffsets);
    }
}
