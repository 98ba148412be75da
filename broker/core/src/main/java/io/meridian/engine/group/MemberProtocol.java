package io.meridian.engine.group;

import java.nio.ByteBuffer;

/// A protocol that a member can follow, and what it says under it: for consumers an assignor and a subscription.
///
/// @param metadata in memory of its own
record MemberProtocol(String name, ByteBuffer metadata) {}
