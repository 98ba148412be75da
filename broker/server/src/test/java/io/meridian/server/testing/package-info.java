@NullMarked
package io.meridian.server.testing;

import org.jspecify.annotations.NullMarked;
