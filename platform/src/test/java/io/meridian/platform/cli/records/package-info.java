/// Tests of `io.meridian.platform.cli.records`.
@NullMarked
package io.meridian.platform.cli.records;

import org.jspecify.annotations.NullMarked;
