/// Fewer than twenty types that every module may use: time as a value, seeded randomness, identifiers, broken
/// invariants and declared settings.
///
/// Nothing here reads a clock, starts a thread or touches a file.
@NullMarked
package io.meridian.base;

import org.jspecify.annotations.NullMarked;
