/// `meridian group`: consumer groups, how far they are, and putting them elsewhere.
///
/// One class a command; each asks the broker through one admin client, on the caller's thread.
@NullMarked
package io.meridian.platform.cli.group;

import org.jspecify.annotations.NullMarked;
