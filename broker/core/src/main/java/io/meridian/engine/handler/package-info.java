/// One class per API: what a request may ask, in which order it is checked, what it is answered.
///
/// A handler resolves names, asks the authoriser, and either answers from the metadata image or asks the nodes that
/// own the partitions and answers when all have. It declares the operation and the resource it needs beside the
/// check. Absent on purpose: bytes, connections, logs.
@NullMarked
package io.meridian.engine.handler;

import org.jspecify.annotations.NullMarked;
