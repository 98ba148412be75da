/// Broken requests and broken starts against a real node: a specific answer to whoever caused it, nothing for
/// anybody else.
@NullMarked
package io.meridian.platform.badinput;

import org.jspecify.annotations.NullMarked;
