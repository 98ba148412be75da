package io.meridian.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCounted;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

/// One TCP connection: the only class that knows how Vert.x lets us at the channel beneath its socket.
///
/// Everything is written through the channel, never through the Vert.x socket: Vert.x queues its own messages
/// while the channel is not writable, and a direct write would overtake them. On the event loop only, except
/// [#execute] and [#close()].
@SuppressWarnings("FutureReturnValueIgnored") // A failed write or close shows as the connection's end.
public final class KafkaSocket {
    private static final String VERTX_HANDLER = "handler";
    private static final String FRAMES = "frames";

    private final ChannelHandlerContext context;
    private final FrameDecoder decoder;
    private final long unsentFileBytesMax;
    private long unsentFileBytes;

    private KafkaSocket(ChannelHandlerContext context, FrameDecoder decoder, long unsentFileBytesMax) {
        this.context = context;
        this.decoder = decoder;
        this.unsentFileBytesMax = unsentFileBytesMax;
    }

    /// Takes a fresh connection over: from here on its bytes go to the decoder. To be called in the connect
    /// handler, on the connection's event loop.
    ///
    /// @param unsentFileBytesMax file bytes handed to the channel above which [#isWritable()] says no
    public static KafkaSocket takeOver(NetSocket socket, FrameDecoder decoder, long unsentFileBytesMax) {
        ChannelHandlerContext context = ((NetSocketInternal) socket).channelHandlerContext();
        KafkaSocket taken = new KafkaSocket(context, decoder, unsentFileBytesMax);
        context.channel().config().setRecvByteBufAllocator(new FrameReceiveAllocator(decoder));
        context.pipeline().addBefore(VERTX_HANDLER, FRAMES, decoder);
        return taken;
    }

    /// The channel beneath, for what only those know who let the connection in.
    public Channel channel() {
        return context.channel();
    }

    /// Hands a frame to the channel; it leaves with the next [#flush()]. Uses up its parts, whatever happens.
    public void write(Outbound frame) {
        Channel channel = context.channel();
        List<ReferenceCounted> parts = frame.parts();
        int last = parts.size() - 1;
        for (int index = 0; index < last; index++) {
            context.write(parts.get(index), channel.voidPromise());
        }
        context.write(
                parts.get(last),
                frame.fileBytes() == 0 && frame.memory() == null ? channel.voidPromise() : counting(frame));
    }

    private ChannelPromise counting(Outbound frame) {
        long fileBytes = frame.fileBytes();
        unsentFileBytes += fileBytes;
        return context.newPromise().addListener((ChannelFutureListener) sent -> {
            boolean wasFull = !hasRoomForFiles();
            unsentFileBytes -= fileBytes;
            frame.onGone();
            if (!sent.isSuccess()) {
                sent.channel().close();
            } else if (wasFull && hasRoomForFiles()) {
                decoder.onRoom();
            }
        });
    }

    public void flush() {
        context.flush();
        decoder.onFlushed();
    }

    /// Whether the peer reads fast enough for more to be handed over.
    public boolean isWritable() {
        return context.channel().isWritable() && hasRoomForFiles();
    }

    private boolean hasRoomForFiles() {
        return unsentFileBytes < unsentFileBytesMax;
    }

    /// Reads on after a refusal of [FrameSink#admits].
    public void resume() {
        decoder.resume();
    }

    public boolean isInEventLoop() {
        return context.executor().inEventLoop();
    }

    public void execute(Runnable task) {
        context.executor().execute(task);
    }

    public boolean isOpen() {
        return context.channel().isActive();
    }

    /// Closes at once; what was not sent is dropped.
    public void close() {
        context.channel().close();
    }

    /// The address of the peer, without its port.
    public String peerHost() {
        return context.channel().remoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress()
                : "";
    }

    /// The peer as `address:port`.
    public String peer() {
        SocketAddress address = context.channel().remoteAddress();
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(address);
    }
}
