/// Nodes as processes of their own, for whoever has to start, kill and restart real ones: the soak, examples, tests.
///
/// Each [io.meridian.platform.node.NodeProcess] has one daemon thread that reads the node's standard output, so that
/// the
/// pipe never fills; everything else happens on the caller's thread. Every wait here has a deadline.
@NullMarked
package io.meridian.platform.node;

import org.jspecify.annotations.NullMarked;
