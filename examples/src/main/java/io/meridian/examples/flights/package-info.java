/// 20,000 real flights through the log: one program writes them, another reads them back and checks them.
///
/// Stock `kafka-clients` only: nothing here knows whose broker it talks to. A record's key is the airport of origin,
/// its
/// value the flight as JSON, its header [io.meridian.examples.flights.Flight#NUMBER] the flight's number in the
/// file, by
/// which a reader can tell missing, doubled and reordered flights.
@NullMarked
package io.meridian.examples.flights;

import org.jspecify.annotations.NullMarked;
