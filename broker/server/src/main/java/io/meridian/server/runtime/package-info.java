/// Runs the nodes of a broker: one per event loop, with the threads, the clock and the last resort around it.
///
/// In: requests, messages between nodes, finished storage jobs, the passing of time. Out: the node's effects,
/// executed in order. A node is touched by its loop's thread alone. Bounded: the queues of the disk threads, by
/// refusing new requests while they are over their bound; everything else by the requests in work.
///
/// Absent on purpose: any decision. What to write, when to sync, whom to answer is the node's.
@NullMarked
package io.meridian.server.runtime;

import org.jspecify.annotations.NullMarked;
