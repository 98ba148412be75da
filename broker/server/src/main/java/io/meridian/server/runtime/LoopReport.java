package io.meridian.server.runtime;

import io.meridian.engine.node.NodeDetail;
import io.meridian.engine.node.NodeStatistics;

/// What a loop says of itself and its node when it is asked.
///
/// @param delayNs how long the question waited for the loop
/// @param longestTurnNs from the first event of a turn to its end, the longest since the report before
public record LoopReport(NodeStatistics statistics, NodeDetail detail, long delayNs, long longestTurnNs) {}
