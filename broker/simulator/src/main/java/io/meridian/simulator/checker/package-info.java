/// What must be true of everything that clients were told, whatever failed meanwhile.
///
/// In: acknowledgements, fetched records and metadata, as they reach the clients; out: a [Violation] at the first
/// event that contradicts an earlier one. Knows nothing of how the broker works inside.
@NullMarked
package io.meridian.simulator.checker;

import org.jspecify.annotations.NullMarked;
