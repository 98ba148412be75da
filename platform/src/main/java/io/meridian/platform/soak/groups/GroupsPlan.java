package io.meridian.platform.soak.groups;

import io.meridian.platform.node.NodeCommand;
import java.nio.file.Path;
import java.time.Duration;

/// What a soak of groups is to do.
///
/// @param node how the node is started, each time the same
/// @param errors the file to which each node's standard error is appended
/// @param logs the directory to which the members' logs are written if something is found wrong
/// @param groups how many groups there are, at least one for each two members
/// @param members how many members may live at once; a multiple of four, at least twelve
/// @param length how long members come and go, the time that kills take included
/// @param kills how many kills hit the node meanwhile; one more follows when all members have gone
/// @param seed of the kinds of groups, of the members' stays and endings, and of the moments of the kills
public record GroupsPlan(
        NodeCommand node, Path errors, Path logs, int groups, int members, Duration length, int kills, long seed) {
    /// Members of one group at once.
    public static final int MEMBERS_A_LANE = 4;

    private static final int LANES_MIN = 3;
    private static final int GROUPS_A_LANE_MIN = 2;

    public GroupsPlan {
        if (members % MEMBERS_A_LANE != 0
                || members < LANES_MIN * MEMBERS_A_LANE
                || groups < GROUPS_A_LANE_MIN * members / MEMBERS_A_LANE
                || length.isNegative()
                || kills < 0) {
            throw new IllegalArgumentException("a soak of groups needs members in fours, at least "
                    + LANES_MIN * MEMBERS_A_LANE + ", and a group for each two members");
        }
    }

    int lanes() {
        return members / MEMBERS_A_LANE;
    }
}
