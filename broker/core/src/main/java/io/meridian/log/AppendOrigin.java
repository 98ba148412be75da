package io.meridian.log;

/// Who an appended batch comes from, which decides what is checked and who gave the offsets.
public enum AppendOrigin {
    /// A produce request: everything is checked, offsets are given here.
    CLIENT,
    /// Our own coordinator or metadata code: offsets are given here, control and transactional batches are allowed.
    COORDINATOR,
    /// The leader of this partition: offsets and epochs are kept, sequences are taken over unchecked.
    REPLICA,
    /// Another cluster: as REPLICA.
    MIRROR
}
