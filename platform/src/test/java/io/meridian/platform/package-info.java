/// The command line as a person or a supervisor meets it.
@NullMarked
package io.meridian.platform;

import org.jspecify.annotations.NullMarked;
