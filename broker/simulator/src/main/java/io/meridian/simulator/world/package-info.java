/// The surroundings of a broker in one thread: virtual time, a network that loses and delays, and a process that
/// runs the broker's nodes over a [io.meridian.simulator.disk.SimulatedDisk] and dies when told.
///
/// In: requests of model clients and faults; out: replies, disconnections, and a trace hash of all of it. Every
/// delay and every order that the real ring leaves open is drawn from the seed.
@NullMarked
package io.meridian.simulator.world;

import org.jspecify.annotations.NullMarked;
