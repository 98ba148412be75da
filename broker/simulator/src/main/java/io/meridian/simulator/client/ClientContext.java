package io.meridian.simulator.client;

import io.meridian.base.SeededRandom;
import io.meridian.simulator.checker.ClusterHistory;
import io.meridian.simulator.checker.TraceHash;
import io.meridian.simulator.world.EventQueue;
import io.meridian.simulator.world.SimulatedBroker;

/// What every model client is given.
///
/// @param random the clients' own stream
public record ClientContext(
        SimulatedBroker broker, EventQueue queue, ClusterHistory history, SeededRandom random, TraceHash trace) {}
