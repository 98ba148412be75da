/// Breaks a rule on purpose, so that the rule is known to report.
@NullMarked
package io.meridian.architecture.planted.cycle.second;

import org.jspecify.annotations.NullMarked;
