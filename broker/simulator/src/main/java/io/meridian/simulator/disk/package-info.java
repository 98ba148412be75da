/// A disk that forgets what was not forced: the log's storage port in memory, as adversarial as real ones are
/// allowed to be.
///
/// In: the calls of the log; out: bytes, typed faults, and after a crash a state that the calls before it permit.
/// Every file keeps its writes since the last force, every directory its names since the last force; a power loss
/// keeps, drops or tears each of them by the seed. One thread owns a disk. Its tests are in the same package.
@NullMarked
package io.meridian.simulator.disk;

import org.jspecify.annotations.NullMarked;
