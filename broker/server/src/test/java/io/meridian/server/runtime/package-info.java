@NullMarked
package io.meridian.server.runtime;

import org.jspecify.annotations.NullMarked;
