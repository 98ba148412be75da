/// What an append does to a log, decided without files: producer sequences, leader epochs, when to roll.
///
/// Loop-confined, and used by recovery on its own copies. Nothing here reads a clock or blocks.
@NullMarked
package io.meridian.log.state;

import org.jspecify.annotations.NullMarked;
