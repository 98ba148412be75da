package io.meridian.platform.soak.flood;

import io.meridian.platform.node.NodeCommand;
import java.nio.file.Path;
import java.time.Duration;

/// What a flood soak is to do.
///
/// @param node how the node is started
/// @param errors the file to which its standard error is appended
/// @param attempts connections of the flood
/// @param attemptsPerSecond how fast they come
/// @param slow connections that dribble a byte a second, to each port
/// @param quiet how long clients are measured before anything happens
/// @param growth how many times its quiet value clients' p99 may be
public record FloodPlan(
        NodeCommand node, Path errors, int attempts, int attemptsPerSecond, int slow, Duration quiet, double growth) {

    public FloodPlan {
        if (attempts < 1 || attemptsPerSecond < 1 || slow < 1 || quiet.isNegative() || growth < 1) {
            throw new IllegalArgumentException(
                    "a flood needs at least one attempt, one a second, one slow connection and a growth of 1");
        }
    }
}
