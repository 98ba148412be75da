/// A broker is a few nodes that share nothing, one per event loop; this package is what a node is made of.
///
/// In: requests, messages of other nodes, completed storage jobs, time. Out: effects. Node 0 also decides about
/// metadata and writes what belongs to the whole directory. Every event is handled to its end, messages of the
/// node to itself included, before the next begins.
@NullMarked
package io.meridian.engine.node;

import org.jspecify.annotations.NullMarked;
