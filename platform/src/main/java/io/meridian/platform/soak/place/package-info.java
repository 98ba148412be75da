/// Where a soak works: its directory, its port, and the nodes it starts there. Every soak command mixes it in.
@NullMarked
package io.meridian.platform.soak.place;

import org.jspecify.annotations.NullMarked;
