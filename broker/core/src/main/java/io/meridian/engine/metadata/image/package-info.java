/// The committed metadata of the cluster as immutable values: topics, brokers, configurations, feature levels.
///
/// In: nothing; images are made by applying records in `engine.metadata`. Out: values that any number of nodes
/// read at once. Images share structure: a new one costs what changed, not what exists. Every map is sorted, so
/// that iterating one gives the same order on every broker and in every run.
///
/// Absent on purpose: how a change is decided, and anything that only one broker knows (log end offsets, files).
@NullMarked
package io.meridian.engine.metadata.image;

import org.jspecify.annotations.NullMarked;
