package io.meridian.platform.soak.frames;

/// What one half of the soak has shown.
///
/// @param text what became of the frames
/// @param turnMsMax the longest that one event held the loop
/// @param trouble why it could not go on; empty if it could
record FireResult(String text, long turnMsMax, Footprint before, Footprint after, String trouble) {
    static final long TURN_MS_MAX = 100;
    static final long HEAP_GROWTH_MAX = 16L << 20;
    static final long RESIDENT_GROWTH_MAX = 64L << 20;

    static FireResult failed(String trouble) {
        return new FireResult("", 0, Footprint.NOTHING, Footprint.NOTHING, trouble);
    }

    /// What was broken; empty when nothing was.
    String complaint() {
        if (!trouble.isEmpty()) {
            return trouble;
        }
        if (turnMsMax > TURN_MS_MAX) {
            return "the loop was held for " + turnMsMax + " ms";
        }
        if (after.heapBytes() - before.heapBytes() > HEAP_GROWTH_MAX) {
            return "the live heap grew";
        }
        return after.residentBytes() - before.residentBytes() > RESIDENT_GROWTH_MAX ? "resident memory grew" : "";
    }

    String summary() {
        return text + "\n  live heap " + mib(before.heapBytes()) + " -> " + mib(after.heapBytes()) + " MiB, resident "
                + mib(before.residentBytes()) + " -> " + mib(after.residentBytes()) + " MiB, longest turn " + turnMsMax
                + " ms: " + (complaint().isEmpty() ? "good" : complaint());
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }
}
