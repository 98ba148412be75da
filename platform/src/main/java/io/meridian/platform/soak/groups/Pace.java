package io.meridian.platform.soak.groups;

/// How members of a group come and go.
///
/// @param stayers how many of the members stay to the end
/// @param stayMsMin the shortest stay of the others
/// @param stayMsMax their longest
/// @param awayMsMax the longest time between two stays; the shortest is none
record Pace(int stayers, long stayMsMin, long stayMsMax, long awayMsMax) {
    private static final long BRIEFEST_STAY_MS = 1_500;

    /// Nobody comes or goes.
    static Pace still() {
        return new Pace(GroupsPlan.MEMBERS_A_LANE, 0, 0, 0);
    }

    /// Half of the members stay, the others never for long.
    static Pace busy() {
        return new Pace(GroupsPlan.MEMBERS_A_LANE / 2, 3_000, 12_000, 4_000);
    }

    /// A group that lasts only so long: one member is there from its beginning to its end.
    static Pace brief(long lastsMs) {
        long stayMs = Math.max(BRIEFEST_STAY_MS, lastsMs / 4);
        return new Pace(1, stayMs, 2 * stayMs, lastsMs / 4);
    }
}
