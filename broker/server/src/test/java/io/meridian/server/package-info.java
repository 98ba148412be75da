@NullMarked
package io.meridian.server;

import org.jspecify.annotations.NullMarked;
