/// What the Kafka protocol names: API keys, error codes, headers, and the versions that we advertise.
///
/// In: the header of a request. Out: which message it announces and whether we take it. Everything here is a value
/// or a table fixed at compile time. The numbers are checked against Kafka's own in the tests of this package.
@NullMarked
package io.meridian.protocol.api;

import org.jspecify.annotations.NullMarked;
