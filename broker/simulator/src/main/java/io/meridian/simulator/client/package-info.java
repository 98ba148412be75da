/// Clients as the broker meets them: idempotent and plain producers that retry like real ones, consumers with and
/// without fetch sessions, an administrator, and an auditor that reads everything after each start.
///
/// They speak in messages, not in bytes, and tell the [io.meridian.simulator.checker.ClusterHistory] all they hear.
/// Each
/// is driven by replies, disconnections and its own timers on the run's one queue.
@NullMarked
package io.meridian.simulator.client;

import org.jspecify.annotations.NullMarked;
