/// Holds the build against its own promises.
@NullMarked
package io.meridian.build;

import org.jspecify.annotations.NullMarked;
