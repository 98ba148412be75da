package io.meridian.base;

/// A moment, passed into every decision instead of a clock.
///
/// @param wallMs milliseconds since 1970-01-01T00:00Z; may jump; used for record timestamps and retention only
/// @param monotonicNs nanoseconds since an arbitrary origin; never goes back; used for every timeout and deadline
public record Now(long wallMs, long monotonicNs) {
    public static final long NANOS_PER_MILLI = 1_000_000L;

    /// The monotonic moment `durationMs` from here, saturating at [Long#MAX_VALUE] so that "never" can be asked for.
    public long deadlineNs(long durationMs) {
        if (durationMs >= (Long.MAX_VALUE - Math.max(0L, monotonicNs)) / NANOS_PER_MILLI) {
            return Long.MAX_VALUE;
        }
        return monotonicNs + durationMs * NANOS_PER_MILLI;
    }
}
