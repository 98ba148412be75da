/// A whole broker on memory and a clock that tests move: the vocabulary of engine tests.
@NullMarked
package io.meridian.engine.testing;

import org.jspecify.annotations.NullMarked;
