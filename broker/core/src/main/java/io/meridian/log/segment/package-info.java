/// The files of one log: segments, their indexes, what of them is verified and hot, and how they come back after a
/// crash.
///
/// In memory everything belongs to the loop of the log; scans and recovery run on disk threads over objects of their
/// own. Files are Apache Kafka's in format and name.
@NullMarked
package io.meridian.log.segment;

import org.jspecify.annotations.NullMarked;
