/// Every setting, declared once: what a process takes, what a topic takes, and which of several values counts.
///
/// In: texts by name, from a file, a command line or the metadata log. Out: typed immutable values, or refusals that
/// name what was found and what is expected. Names are Kafka's where Kafka has the setting, so are defaults and
/// bounds; where they differ the declaration says why.
///
/// The configuration page is written from these declarations and a test fails when it is stale.
@NullMarked
package io.meridian.settings;

import org.jspecify.annotations.NullMarked;
