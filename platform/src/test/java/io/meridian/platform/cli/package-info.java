/// The tools against a real broker, run within the test's process.
@NullMarked
package io.meridian.platform.cli;

import org.jspecify.annotations.NullMarked;
