/// `soak flood`: connections nobody asked for, at a node that serves others.
///
/// In: a plan. Out: a report with what clients that were there before felt, and how long the strangers held what they
/// had taken. The node is a process of its own; clients and strangers share this one, each with threads of its own.
@NullMarked
package io.meridian.platform.soak.flood;

import org.jspecify.annotations.NullMarked;
