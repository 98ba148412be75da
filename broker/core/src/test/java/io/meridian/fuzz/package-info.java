/// Entries for a coverage-guided fuzzer, and what it found: the corpus that every build feeds to the same targets.
@NullMarked
package io.meridian.fuzz;

import org.jspecify.annotations.NullMarked;
