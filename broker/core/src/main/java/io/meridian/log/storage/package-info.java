/// The only way from the log to files: a port with paths, whole writes, explicit syncs and typed faults.
///
/// Every call blocks and runs on the thread of its caller. What was written is durable only after the file's
/// [SegmentFile#force()]; a created, renamed or deleted name only after [LogStorage#forceDirectory]. The simulator
/// implements the same port with a disk that forgets what was not synced.
@NullMarked
package io.meridian.log.storage;

import org.jspecify.annotations.NullMarked;
