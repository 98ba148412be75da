package io.meridian.log.state;

/// How much room the volume has, as far as it decides who may write; from most to least.
public enum SpaceLevel {
    /// Everybody may write.
    AMPLE,
    /// Clients' records are refused; what the brokers themselves need to write is taken.
    LOW,
    /// Nothing is taken that can be refused.
    EXHAUSTED
}
