/// One node of a broker: where requests, messages, finished storage jobs and time meet the engine.
@NullMarked
package io.meridian.engine.node;

import org.jspecify.annotations.NullMarked;
