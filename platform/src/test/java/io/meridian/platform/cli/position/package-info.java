/// Tests of `io.meridian.platform.cli.position`.
@NullMarked
package io.meridian.platform.cli.position;

import org.jspecify.annotations.NullMarked;
