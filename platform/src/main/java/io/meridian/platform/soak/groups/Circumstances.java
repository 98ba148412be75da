package io.meridian.platform.soak.groups;

import java.util.List;

/// What the checks must know besides the members' logs.
///
/// @param records when each record could be read
/// @param outages in order
/// @param graceNs how long after an outage clients may still be finding their way back
/// @param stalls when this process stood still
record Circumstances(RecordTimes records, List<Outage> outages, long graceNs, Stalls stalls) {
    /// Whether something between these moments may be due to a kill.
    boolean isDisturbed(long fromNs, long untilNs) {
        return outages.stream()
                .anyMatch(outage -> outage.until(outage.readyNs() + graceNs).meets(fromNs, untilNs));
    }
}
