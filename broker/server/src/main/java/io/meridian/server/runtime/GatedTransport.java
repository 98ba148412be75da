package io.meridian.server.runtime;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.spi.transport.Transport;
import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Another transport whose ports have gates. The one place at which Vert.x lets us at a port before its
/// connections have a loop.
final class GatedTransport implements io.vertx.core.transport.Transport, Transport {
    private final io.vertx.core.transport.Transport outer;
    private final Transport inner;
    private final AcceptGates gates;

    GatedTransport(io.vertx.core.transport.Transport outer, AcceptGates gates) {
        this.outer = outer;
        this.inner = outer.implementation();
        this.gates = gates;
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        inner.configure(config, domainSocket, bootstrap);
        gates.install(bootstrap);
    }

    @Override
    public String name() {
        return outer.name();
    }

    @Override
    public boolean available() {
        return outer.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return outer.unavailabilityCause();
    }

    @Override
    public Transport implementation() {
        return this;
    }

    @Override
    public boolean supportsDomainSockets() {
        return inner.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return inner.supportFileRegion();
    }

    @Override
    public boolean isAvailable() {
        return inner.isAvailable();
    }

    @Override
    public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
        return inner.convert(address);
    }

    @Override
    public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
        return inner.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return inner.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory threadFactory, int ioRatio) {
        return inner.eventLoopGroup(type, threads, threadFactory, ioRatio);
    }

    @Override
    @SuppressWarnings("deprecation") // Vert.x's own choice.
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return inner.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return inner.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return inner.channelFactory(domainSocket);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return inner.serverChannelFactory(domainSocket);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        inner.configure(channel, options);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
        inner.configure(config, domainSocket, bootstrap);
    }
}
