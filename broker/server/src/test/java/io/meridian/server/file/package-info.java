@NullMarked
package io.meridian.server.file;

import org.jspecify.annotations.NullMarked;
