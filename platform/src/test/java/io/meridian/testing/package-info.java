/// What tests of several areas share: asking for a tool that the machine may not have.
@NullMarked
package io.meridian.testing;

import org.jspecify.annotations.NullMarked;
