/// Sends frames that nobody should send through the decoder and the engine, and through sockets at a real node, and
/// checks that nothing comes of it: no crash, no loop held, no memory kept.
///
/// In: numbers of frames and sockets, a seed. Out: a table, one result line, an exit code.
///
/// [io.meridian.platform.soak.frames.FrameForge] draws frames from the message schemas of the stock client;
/// [io.meridian.platform.soak.frames.LoneEngine] is a node of the engine on a real directory, driven by one thread
/// under a clock of its own; [io.meridian.platform.soak.frames.SocketFire] treats a node in another process as no
/// client would.
@NullMarked
package io.meridian.platform.soak.frames;

import org.jspecify.annotations.NullMarked;
