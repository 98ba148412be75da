package io.meridian.platform.soak.groups;

/// A time in which there was no node.
///
/// @param killedNs just before SIGKILL
/// @param readyNs when the node said that it was ready again
record Outage(long killedNs, long readyNs) {
    /// Whether it meets the time from `fromNs` to `untilNs`.
    boolean meets(long fromNs, long untilNs) {
        return killedNs - untilNs <= 0 && fromNs - readyNs <= 0;
    }

    /// The same, but longer.
    Outage until(long laterNs) {
        return new Outage(killedNs, Math.max(readyNs, laterNs));
    }
}
