/// The checks of a soak of groups with planted violations, and a short soak of a real node.
@NullMarked
package io.meridian.platform.soak.groups;

import org.jspecify.annotations.NullMarked;
