/// Tests of the package of the same name.
@NullMarked
package io.meridian.platform.soak.flood;

import org.jspecify.annotations.NullMarked;
