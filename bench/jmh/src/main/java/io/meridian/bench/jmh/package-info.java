/// Single operations of the hot paths, each with what it allocates: `bench/micro` runs them.
@NullMarked
package io.meridian.bench.jmh;

import org.jspecify.annotations.NullMarked;
