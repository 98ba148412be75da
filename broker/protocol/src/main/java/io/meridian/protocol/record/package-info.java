/// Record batches of magic 2: a flyweight view, a builder, compression and the checks an append needs.
@NullMarked
package io.meridian.protocol.record;

import org.jspecify.annotations.NullMarked;
