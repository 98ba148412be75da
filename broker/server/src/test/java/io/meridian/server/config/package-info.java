@NullMarked
package io.meridian.server.config;

import org.jspecify.annotations.NullMarked;
