/// The log's storage port on real files: the only disk access of the broker.
///
/// In: calls of storage jobs, on whatever thread runs them. Out: bytes in files, or a typed
/// [io.meridian.log.storage.StorageFault]. Every class here is safe to use from several threads. What is
/// written is durable after a force alone; a name after its directory's force alone.
///
/// The threads that call in are never interrupted: an interrupt would close a channel for everybody.
@NullMarked
package io.meridian.server.file;

import org.jspecify.annotations.NullMarked;
