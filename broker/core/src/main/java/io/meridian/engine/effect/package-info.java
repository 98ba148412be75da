/// What a node wants done outside: values that the ring, or the simulator, executes in order.
@NullMarked
package io.meridian.engine.effect;

import org.jspecify.annotations.NullMarked;
