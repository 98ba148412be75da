/// Places in a partition as people name them (`beginning`, `end-10`, an offset, a time) and the offsets they stand
/// for.
///
/// [io.meridian.platform.cli.position.Position] is pure: the clock and the time zone come in as arguments.
@NullMarked
package io.meridian.platform.cli.position;

import org.jspecify.annotations.NullMarked;
