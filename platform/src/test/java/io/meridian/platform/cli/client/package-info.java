/// Tests of `io.meridian.platform.cli.client`.
@NullMarked
package io.meridian.platform.cli.client;

import org.jspecify.annotations.NullMarked;
