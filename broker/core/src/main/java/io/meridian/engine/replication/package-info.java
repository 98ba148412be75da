/// Decides when a record is replicated and who learns of it. In: appends, reads and waits for partitions of this
/// node, completed storage jobs, metadata changes. Out: high-watermark advances, answers to the node that asked,
/// storage jobs.
///
/// Facts of the protocol that this package stands on: acks=all is answered at the high watermark, acks=1 after the
/// write, a duplicate waits like its original; consumers see nothing at or above the high watermark.
///
/// One node owns a partition; nothing here is shared. Parked requests are bounded by the requests that connections
/// may have in work. Absent on purpose: sessions of clients, encoded messages, other nodes' partitions.
@NullMarked
package io.meridian.engine.replication;

import org.jspecify.annotations.NullMarked;
