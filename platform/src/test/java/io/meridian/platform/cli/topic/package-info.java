/// Tests of `io.meridian.platform.cli.topic`.
@NullMarked
package io.meridian.platform.cli.topic;

import org.jspecify.annotations.NullMarked;
