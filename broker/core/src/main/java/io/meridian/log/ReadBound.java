package io.meridian.log;

/// How far a reader may see.
public enum ReadBound {
    /// What is replicated.
    HIGH_WATERMARK,
    /// What is replicated and belongs to no open transaction.
    LAST_STABLE_OFFSET,
    /// Everything written: replicas only.
    WRITTEN_END
}
