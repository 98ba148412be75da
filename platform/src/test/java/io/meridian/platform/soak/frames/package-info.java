/// The frames soak, in small.
@NullMarked
package io.meridian.platform.soak.frames;

import org.jspecify.annotations.NullMarked;
