/// A disk in memory that forgets what was not forced, and a driver that runs a log on it as a loop would.
@NullMarked
package io.meridian.log.testing;

import org.jspecify.annotations.NullMarked;
