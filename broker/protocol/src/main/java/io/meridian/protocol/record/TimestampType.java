package io.meridian.protocol.record;

/// Who set the timestamps of a batch.
public enum TimestampType {
    /// The producer, per record.
    CREATE_TIME,
    /// The broker: every record has the batch's maximum timestamp.
    LOG_APPEND_TIME
}
