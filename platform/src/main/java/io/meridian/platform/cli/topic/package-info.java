/// `meridian topic`: topics, their settings, their offsets.
///
/// One class a command; each asks the broker through one admin client, on the caller's thread.
@NullMarked
package io.meridian.platform.cli.topic;

import org.jspecify.annotations.NullMarked;
