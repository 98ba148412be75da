package io.meridian.log;

/// What the checkpoints of the log directory say about a log that is to be opened.
///
/// @param recoveryPoint everything below it was durable; 0 when there is no entry
/// @param logStartOffset 0 when there is no entry; [#UNKNOWN_START] when the entries are lost
/// @param cleanShutdown the directory carries the marker of a clean shutdown
/// @param mayCreate the log may be new: without it a missing directory is damage
public record OpenPoint(long recoveryPoint, long logStartOffset, boolean cleanShutdown, boolean mayCreate) {
    /// The log begins at its first segment, whichever that is.
    public static final long UNKNOWN_START = -1L;

    /// A log that has no files yet.
    public static final OpenPoint NEW = new OpenPoint(0L, 0L, false, true);
}
