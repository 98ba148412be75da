/// Frames of the Kafka protocol on TCP: takes bytes from a socket apart into frames, and puts responses back on
/// it in order.
///
/// In: reads of a socket, replies in any order. Out: frames with the memory they were granted, responses in the
/// order of their requests. The protocol's facts this rests on: a frame is a signed 4-byte length and that many
/// bytes; a request frame begins with its API key; a connection's responses leave in the order of its requests,
/// and a request may have none.
///
/// Everything of one connection runs on its event loop; only [ByteBudget] and [Frame] are shared between
/// threads. Bounded: bytes of frames (by the budget, before memory is taken), requests in work of a connection,
/// unsent bytes of a connection. Absent on purpose: what a frame means; who may send it; retries.
@NullMarked
package io.meridian.transport;

import org.jspecify.annotations.NullMarked;
