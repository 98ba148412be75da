/// Checks who may import whom, over the compiled classes of every module. The text of a rule is the rule.
@NullMarked
package io.meridian.architecture;

import org.jspecify.annotations.NullMarked;
