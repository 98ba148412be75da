/// Groups and administration through unmodified clients, the same story told by each of them.
///
/// Each client has a small program, here or in `src/test/compat`, that takes the same arguments and prints the same
/// lines: see `src/test/compat/README.md`. [GroupScenario] and [AdminScenario] start these programs and check what they
/// print, once for all clients.
@NullMarked
package io.meridian.platform.compat.group;

import org.jspecify.annotations.NullMarked;
