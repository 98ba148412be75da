package io.meridian.platform.soak;

import io.meridian.platform.node.NodeCommand;
import java.nio.file.Path;
import java.time.Duration;

/// What a kill soak is to do.
///
/// @param node how the node is started, each time the same
/// @param errors the file to which each node's standard error is appended
/// @param kills how many kills must hit a node under load
/// @param killWithin a kill comes at a random moment within this time after load is seen to run
/// @param producers how many producers run at once
/// @param partitions of each topic
/// @param recordsPerSecond of all producers together, roughly
/// @param seed of the moments, lengths and choices of partition
/// @param verifyEvery after how many kills everything is read back while the load goes on; 0 for only at the end
/// @param plainTopics whether topics are created without `flush.policy`, for a broker that does not know it
public record KillPlan(
        NodeCommand node,
        Path errors,
        int kills,
        Duration killWithin,
        int producers,
        int partitions,
        int recordsPerSecond,
        long seed,
        int verifyEvery,
        boolean plainTopics) {

    public KillPlan {
        if (kills < 1 || producers < 1 || partitions < 1 || recordsPerSecond < producers || verifyEvery < 0) {
            throw new IllegalArgumentException(
                    "a soak needs at least one kill, producer, partition and record a second");
        }
    }
}
