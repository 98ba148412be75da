@NullMarked
package io.meridian.server.metrics;

import org.jspecify.annotations.NullMarked;
