/// What `bench/run` lets unmodified Kafka clients do against a broker, in one process that stays, so that the client
/// is as warm against one broker as against the other.
@NullMarked
package io.meridian.bench.clients;

import org.jspecify.annotations.NullMarked;
