/// Breaks a rule on purpose, so that the rule is known to report.
@NullMarked
package io.meridian.architecture.planted.server.network;

import org.jspecify.annotations.NullMarked;
