/// Every metric of the broker, declared once, and the registry they are scraped from.
///
/// Names are `meridian_<area>_<noun>_<unit>` in base units; labels take few values. Safe to use from any thread.
@NullMarked
package io.meridian.server.metrics;

import org.jspecify.annotations.NullMarked;
