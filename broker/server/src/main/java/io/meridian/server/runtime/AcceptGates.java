package io.meridian.server.runtime;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The gate of each port that this process listens on. A port without one lets everybody in.
///
/// A connection that is turned away gets a reset and no farewell: the orderly way would keep the port's side of it
/// in the system's tables for a minute, for each of thousands a second.
public final class AcceptGates {
    private static final long PAUSE_AFTER_FAILURE_MS = 200;

    private final Map<Integer, AcceptGate> byPort = new ConcurrentHashMap<>();
    private final Consumer<Throwable> onBroken;

    /// @param onBroken hears of failures that are nobody's but the process's, such as memory that ran out
    AcceptGates(Consumer<Throwable> onBroken) {
        this.onBroken = onBroken;
    }

    /// From now on `gate` decides about connections to `port`.
    public void guard(int port, AcceptGate gate) {
        byPort.put(port, gate);
    }

    void install(ServerBootstrap bootstrap) {
        bootstrap.handler(new Doorkeeper());
    }

    /// Stands before the handler that gives a connection to its loop.
    @ChannelHandler.Sharable
    private final class Doorkeeper extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object accepted) {
            AcceptGate gate = gate(ctx);
            if (gate == null) {
                ctx.fireChannelRead(accepted);
                return;
            }
            Channel connection = (Channel) accepted;
            if (gate.admits(connection, ctx.executor())) {
                ctx.fireChannelRead(connection);
            } else {
                connection.config().setOption(ChannelOption.SO_LINGER, 0);
                connection.unsafe().closeForcibly();
            }
            pause(ctx, gate.pauseNs());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            AcceptGate gate = gate(ctx);
            if (cause instanceof Error) {
                onBroken.accept(cause);
            } else if (gate != null) {
                gate.onAcceptFailed(cause);
            }
            pause(ctx, TimeUnit.MILLISECONDS.toNanos(PAUSE_AFTER_FAILURE_MS));
        }

        private @Nullable AcceptGate gate(ChannelHandlerContext ctx) {
            return ctx.channel().localAddress() instanceof InetSocketAddress local ? byPort.get(local.getPort()) : null;
        }

        private static void pause(ChannelHandlerContext ctx, long pauseNs) {
            if (pauseNs > 0 && ctx.channel().config().isAutoRead()) {
                ctx.channel().config().setAutoRead(false);
                var _ = ctx.executor()
                        .schedule(() -> ctx.channel().config().setAutoRead(true), pauseNs, TimeUnit.NANOSECONDS);
            }
        }
    }
}
