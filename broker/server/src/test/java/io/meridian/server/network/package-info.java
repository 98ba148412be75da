@NullMarked
package io.meridian.server.network;

import org.jspecify.annotations.NullMarked;
