/// What tests of several packages use: measured allocations, and how long to go on.
@NullMarked
package io.meridian.protocol.testing;

import org.jspecify.annotations.NullMarked;
