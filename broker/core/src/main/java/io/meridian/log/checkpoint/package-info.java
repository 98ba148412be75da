/// The small text and marker files beside the logs, in Apache Kafka's formats. A file is replaced as a whole:
/// written under another name, forced, renamed, and its directory forced. Damaged content is a typed result, never
/// an exception.
@NullMarked
package io.meridian.log.checkpoint;

import org.jspecify.annotations.NullMarked;
