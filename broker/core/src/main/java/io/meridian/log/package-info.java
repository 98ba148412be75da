/// One partition's log: what is appended where, what may be read, what survived a crash.
///
/// In: batches with their origin, read positions, completed storage jobs. Out: planned offsets, storage jobs, slices
/// of files. One loop owns a [PartitionLog]; jobs run elsewhere and come back as completions.
///
/// Invariant, checked on every change: `logStartOffset <= lastStableOffset <= highWatermark <= writtenEndOffset <=
/// logEndOffset` and `syncedEndOffset <= writtenEndOffset`. Absent on purpose: sockets, groups, who leads.
@NullMarked
package io.meridian.log;

import org.jspecify.annotations.NullMarked;
