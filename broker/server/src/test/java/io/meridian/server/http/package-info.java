@NullMarked
package io.meridian.server.http;

import org.jspecify.annotations.NullMarked;
