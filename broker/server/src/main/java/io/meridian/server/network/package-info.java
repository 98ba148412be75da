/// Clients' connections: from a frame to a request for the node of the connection's loop, and from replies to
/// the wire.
///
/// In: connections, frames, replies in any order. Out: requests with their context, responses in order. A
/// connection belongs to the loop that Vert.x gave it and is touched by that loop's thread alone. Bounded:
/// connections in all and per address, requests in work and their bytes per connection, unsent bytes per
/// connection.
///
/// The protocol's facts: an API or version that is not served has no response, the connection is closed; except
/// that a client may begin with any version of ApiVersions, whose answer is then in version 0. Absent on
/// purpose: what a request does.
@NullMarked
package io.meridian.server.network;

import org.jspecify.annotations.NullMarked;
