package io.meridian.engine.coordinator;

import io.meridian.protocol.wire.Message;

/// What a shard answers to one question. Every question gets exactly one, at once or later.
public record Answer(Asker asker, Message response) {}
