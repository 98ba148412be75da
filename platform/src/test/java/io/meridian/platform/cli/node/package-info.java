/// Tests of `io.meridian.platform.cli.node`.
@NullMarked
package io.meridian.platform.cli.node;

import org.jspecify.annotations.NullMarked;
