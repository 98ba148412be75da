/// Turns bytes of the Kafka wire protocol into values and back: readers, writers, headers, payloads.
@NullMarked
package io.meridian.protocol.wire;

import org.jspecify.annotations.NullMarked;
