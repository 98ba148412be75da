/// What every command shares: the streams it reads and writes, refusals of one line, exit codes, and where log lines
/// go.
@NullMarked
package io.meridian.platform.terminal;

import org.jspecify.annotations.NullMarked;
