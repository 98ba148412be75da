/// Where settings come from: a file, then the command line. What they mean is decided elsewhere.
@NullMarked
package io.meridian.server.config;

import org.jspecify.annotations.NullMarked;
