/// Turns bytes of the Kafka wire protocol into values and back.
///
/// The protocol is big-endian. Strings, bytes and lists begin with their length; null is the length -1. In flexible
/// versions of a message lengths are unsigned varints of length + 1, null is 0, and every struct ends with a section
/// of tagged fields that readers skip when they do not know them.
///
/// In: the buffer of a frame. Out: messages whose bytes and payloads are slices of it; and the other way round, the
/// parts of a frame with payloads placed uncopied. A [WireReader] or [WireWriter] belongs to one frame and one
/// thread. Every length is checked before anything is allocated for it. The messages are in `protocol.message`.
@NullMarked
package io.meridian.protocol.wire;

import org.jspecify.annotations.NullMarked;
