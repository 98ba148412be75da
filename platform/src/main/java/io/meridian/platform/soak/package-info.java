/// Kills a real node again and again under load and checks that its log kept every promise.
///
/// In: the number of kills, a seed, a shape of load. Out: a table, one result line, an exit code.
///
/// Load is a few idempotent producers of the stock client ([io.meridian.platform.soak.LoadProducer]), each writing
/// dense
/// numbered records with a checksum to every partition. What they were promised is kept in
/// [io.meridian.platform.soak.Tally]; [io.meridian.platform.soak.ReadBack] compares it with what a consumer finds.
/// Producers' threads and the client's callback threads meet only in `Tally` and `LoadProducer`'s counters.
///
/// Deliberately absent: power loss. A killed process loses nothing that reached the page cache, so `flush.policy=os`
/// has
/// to survive here as well as `ack`; lost page-cache writes are the simulator's subject.
@NullMarked
package io.meridian.platform.soak;

import org.jspecify.annotations.NullMarked;
