/// The same requests to us and to Apache Kafka, and the answers compared field by field.
///
/// Requests come from a seed, in every version that both sides offer, good and bad, written and read by our own message
/// classes. `mvn verify -Dpeer` runs them; `-Dmeridian.differential.seed=N` and `-Dmeridian.differential.requests=N`
/// choose them. What may differ is in [AllowedDifferences], each with its reason.
@NullMarked
package io.meridian.platform.differential;

import org.jspecify.annotations.NullMarked;
