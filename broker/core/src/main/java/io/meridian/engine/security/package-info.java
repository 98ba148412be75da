/// Who may do what: the seam every handler passes before it acts.
@NullMarked
package io.meridian.engine.security;

import org.jspecify.annotations.NullMarked;
