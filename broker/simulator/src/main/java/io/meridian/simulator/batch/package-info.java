/// Record batches as the model clients write and read them, independent of the broker's own code for the same
/// format.
@NullMarked
package io.meridian.simulator.batch;

import org.jspecify.annotations.NullMarked;
