@NullMarked
package io.meridian.transport;

import org.jspecify.annotations.NullMarked;
