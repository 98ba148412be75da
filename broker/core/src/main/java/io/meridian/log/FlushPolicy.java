package io.meridian.log;

/// When an appended batch counts as stored.
public enum FlushPolicy {
    /// Once it is on stable storage.
    ACK,
    /// Once the operating system has it; a power cut may take it away.
    OS
}
