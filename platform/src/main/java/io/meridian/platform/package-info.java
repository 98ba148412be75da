/// Assembles one region in one process and gives it its command line.
@NullMarked
package io.meridian.platform;

import org.jspecify.annotations.NullMarked;
