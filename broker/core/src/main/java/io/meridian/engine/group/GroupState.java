package io.meridian.engine.group;

/// Where a group of the classic protocol stands; the package page draws the ways between them.
enum GroupState {
    EMPTY("Empty"),
    PREPARING_REBALANCE("PreparingRebalance"),
    COMPLETING_REBALANCE("CompletingRebalance"),
    STABLE("Stable");

    /// What the protocol calls a group that does not exist.
    static final String DEAD = "Dead";

    private final String protocolName;

    GroupState(String protocolName) {
        this.protocolName = protocolName;
    }

    /// As responses spell it.
    String protocolName() {
        return protocolName;
    }
}
