/// How commands talk to a broker: where it is, a connection that fails fast and says how to go on, and the words for
/// what brokers and clients refuse.
///
/// Everything goes through the unmodified Kafka client, so that the commands work on any broker of that protocol.
/// Each wait has the deadline of `--timeout`.
@NullMarked
package io.meridian.platform.cli.client;

import org.jspecify.annotations.NullMarked;
