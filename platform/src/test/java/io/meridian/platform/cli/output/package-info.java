/// Tests of `io.meridian.platform.cli.output`.
@NullMarked
package io.meridian.platform.cli.output;

import org.jspecify.annotations.NullMarked;
