package io.meridian.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.FileRegion;

/// What was written for a peer and is still here. Two that are equal say that the peer took nothing in between.
///
/// @param parts buffers and ranges of files, the one under way included
/// @param position within the one under way
record Unsent(int parts, long position) {
    private static final Unsent NOTHING = new Unsent(0, 0);

    /// On the channel's event loop.
    static Unsent of(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer == null || buffer.isEmpty()) {
            return NOTHING;
        }
        long position = switch (buffer.current()) {
            case FileRegion region -> region.transferred();
            case ByteBuf bytes -> bytes.readerIndex();
            case Object _ -> 0;
        };
        return new Unsent(buffer.size(), position);
    }

    boolean isNothing() {
        return parts == 0;
    }
}
