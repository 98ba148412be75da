/// Unmodified public clients and tools against a real node in a process of its own.
///
/// One node serves all of these classes; every test uses topics of its own. What a machine lacks is skipped by name,
/// see
/// `src/test/compat/README.md`. `-Dmeridian.compat.bootstrap=HOST:PORT` runs the tests against a broker that is
/// there already, which is how the tests themselves are checked.
@NullMarked
package io.meridian.platform.compat;

import org.jspecify.annotations.NullMarked;
