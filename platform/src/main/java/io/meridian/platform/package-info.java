/// The `meridian` command line: one process is one region.
///
/// In: arguments and signals. Out: a running node, a few lines on standard output that say what runs where, one line
/// on standard error for whatever was refused, and an exit code (0 done, 1 could not, 2 asked wrongly).
///
/// [io.meridian.platform.Main] builds only the command that was asked for, so that `up` loads little. Nothing here
/// decides
/// anything about records: nodes come from `io.meridian.server`, and the soak talks to them through unmodified
/// clients.
@NullMarked
package io.meridian.platform;

import org.jspecify.annotations.NullMarked;
