package io.meridian.log.state;

/// How much room the volume has, as far as it decides who may write; from most to least.
public enum SpaceLevel {
    /// Everybody may write.
    AMPLE(0),
    /// Clients' records are refused; what the brokers themselves need to write is taken.
    LOW(1),
    /// Nothing is taken that can be refused.
    EXHAUSTED(2);

    private final int severity;

    SpaceLevel(int severity) {
        this.severity = severity;
    }

    /// The number that metrics show: more is worse.
    public int severity() {
        return severity;
    }
}
