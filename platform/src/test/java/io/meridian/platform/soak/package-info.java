/// The soak's checker with planted errors, and a short soak of a real node.
@NullMarked
package io.meridian.platform.soak;

import org.jspecify.annotations.NullMarked;
