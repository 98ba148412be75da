/// Programs of one file, for a first look with stock clients.
@NullMarked
package io.meridian.examples;

import org.jspecify.annotations.NullMarked;
