/// `meridian node status` and `meridian doctor`: how nodes are, and whether this machine can run and reach one.
///
/// Each thing the doctor looks at is one class that answers with findings; none of them changes anything but for a
/// file that is created and deleted at once to see whether the data directory can be written.
@NullMarked
package io.meridian.platform.cli.node;

import org.jspecify.annotations.NullMarked;
