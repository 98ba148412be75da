/// What every command shares: refusals of one line with their exit codes, and where log lines go.
@NullMarked
package io.meridian.platform.terminal;

import org.jspecify.annotations.NullMarked;
