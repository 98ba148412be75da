/// What the Kafka protocol names: API keys, error codes, and the versions that we advertise.
@NullMarked
package io.meridian.protocol.api;

import org.jspecify.annotations.NullMarked;
