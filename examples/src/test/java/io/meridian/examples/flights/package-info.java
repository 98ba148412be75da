/// The flights example against a real node that is killed midway.
@NullMarked
package io.meridian.examples.flights;

import org.jspecify.annotations.NullMarked;
