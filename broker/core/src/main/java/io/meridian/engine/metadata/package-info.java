/// Decides what the cluster's metadata is: which topics there are, who leads a partition, what is configured.
///
/// In: a [ControllerCommand], the image it is decided against, the time, seeded randomness. Out: records and a
/// reply. [Controller#decide] reads only; [Controller#apply] is the only way an image changes, and never rejects.
/// A decided batch goes through [MetadataLog] and comes back to every broker in the same order, so all of them
/// have the same image at the same offset. Decision code may change from release to release; the records and their
/// meaning may not.
///
/// Each registry holds the rules and the records of one part. Absent on purpose: requests and responses of the
/// protocol, who may ask (the handler knows), and consensus words (the log's adapter knows).
///
/// Bounded: at most [Controller#PARTITIONS_PER_COMMAND_MAX] partitions come into being in one batch.
@NullMarked
package io.meridian.engine.metadata;

import org.jspecify.annotations.NullMarked;
