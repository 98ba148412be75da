/// What tests with real nodes and foreign programs stand on: a shared node, programs with deadlines, needs that are
/// named.
@NullMarked
package io.meridian.platform.testing;

import org.jspecify.annotations.NullMarked;
