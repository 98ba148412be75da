/// One broker under a seed: engine, log and recovery as they ship, over a disk, a network and clients that
/// misbehave as the seed says.
///
/// In: a seed; out: a [SeedReport], whose violation, if any, the same seed repeats to the byte. One thread runs a
/// seed; several seeds may run at once and share nothing. What must hold is in `checker`, what may go wrong in
/// `disk`, `world`
/// and [FaultPlan], who asks for what in `client`.
@NullMarked
package io.meridian.simulator;

import org.jspecify.annotations.NullMarked;
