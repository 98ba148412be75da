/// The ring around the deterministic broker: starts and stops sockets, files, threads and HTTP in order.
@NullMarked
package io.meridian.server;

import org.jspecify.annotations.NullMarked;
