package io.meridian.platform.soak.groups;

import java.util.List;

/// A time in which there was no node.
///
/// @param killedNs just before SIGKILL
/// @param readyNs when the node said that it was ready again
record Outage(long killedNs, long readyNs) {
    /// Whether any outage, each with `graceNs` after it, meets the time from `fromNs` to `untilNs`.
    static boolean meets(List<Outage> outages, long graceNs, long fromNs, long untilNs) {
        return outages.stream()
                .anyMatch(outage -> outage.killedNs - untilNs <= 0 && fromNs - (outage.readyNs + graceNs) <= 0);
    }
}
