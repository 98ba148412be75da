/// Turns message specifications in Kafka's JSON format into Java records that read and write themselves.
///
/// Runs in the build of the protocol module and nowhere else. In: the specifications inside the `kafka-clients` jar
/// and folders of our own ones. Out: one source file per message, and one that dispatches on API keys. Reading
/// order: [CodecGenerator], [MessageSpec], [SpecificationParser], [JavaTypes], [RecordWriter].
@NullMarked
package io.meridian.codecgenerator;

import org.jspecify.annotations.NullMarked;
