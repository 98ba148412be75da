/// A package of somebody else, for one stand-in.
@NullMarked
package org.apache.ratis;

import org.jspecify.annotations.NullMarked;
