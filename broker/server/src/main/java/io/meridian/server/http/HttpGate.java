package io.meridian.server.http;

import io.meridian.server.file.OpenFiles;
import io.meridian.server.runtime.AcceptGate;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Bounds the connections to the port for health and metrics, and how long each may take.
///
/// It may take of the files that are kept for logs as long as new logs may: an operator who asks why connections are
/// refused must not be refused.
///
/// A connection has ten seconds for its first whole request and a minute for every further one, however many bytes
/// trickle in meanwhile. Idle ones count: whoever asks seldom connects again.
final class HttpGate implements AcceptGate {
    private static final long FIRST_REQUEST_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long NEXT_REQUEST_NS = TimeUnit.SECONDS.toNanos(60);

    private final int connectionsMax;
    private final OpenFiles files;
    private final Consumer<String> onRefused;
    private final Runnable onLate;
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    /// One connection. Written by its loop, read by the thread that accepts.
    private static final class Peer {
        private volatile long deadlineNs = System.nanoTime() + FIRST_REQUEST_NS;
        private volatile @Nullable Future<?> watch;
        private volatile boolean isRefused;
    }

    /// @param onRefused hears the name of the limit that was reached
    /// @param onLate hears of each connection whose time was over
    HttpGate(int connectionsMax, OpenFiles files, Consumer<String> onRefused, Runnable onLate) {
        this.connectionsMax = connectionsMax;
        this.files = files;
        this.onRefused = onRefused;
        this.onLate = onLate;
    }

    @Override
    public boolean admits(Channel connection, EventExecutor acceptor) {
        boolean isFull = peers.size() >= connectionsMax;
        if (isFull || !files.admitsFiles(1)) {
            onRefused.accept(isFull ? "http" : "files");
            return false;
        }
        String key = key(connection.remoteAddress());
        Peer peer = new Peer();
        peers.put(key, peer);
        watch(connection, peer, acceptor);
        connection.closeFuture().addListener(_ -> {
            peers.remove(key, peer);
            stopWatching(peer);
        });
        return true;
    }

    private void watch(Channel connection, Peer peer, EventExecutor acceptor) {
        long leftNs = peer.deadlineNs - System.nanoTime();
        if (leftNs > 0) {
            peer.watch = acceptor.schedule(() -> watch(connection, peer, acceptor), leftNs, TimeUnit.NANOSECONDS);
            if (!connection.isOpen()) {
                stopWatching(peer); // closed between the question and the new watch
            }
        } else if (connection.isOpen()) {
            onLate.run();
            var _ = connection.close();
        }
    }

    /// Connections that come and go at once must not leave a minute of timers behind.
    private static void stopWatching(Peer peer) {
        Future<?> watch = peer.watch;
        if (watch != null) {
            watch.cancel(false);
        }
    }

    /// A whole request has come from this peer. Whether it is to be looked at: not after one that was refused, for
    /// who knows where that one ended.
    boolean onRequest(String host, int port) {
        Peer peer = peers.get(host + ":" + port);
        if (peer == null) {
            return true;
        }
        peer.deadlineNs = System.nanoTime() + NEXT_REQUEST_NS;
        return !peer.isRefused;
    }

    /// Nothing more of this peer is to be looked at.
    void refuse(String host, int port) {
        Peer peer = peers.get(host + ":" + port);
        if (peer != null) {
            peer.isRefused = true;
        }
    }

    /// Connections open now.
    int open() {
        return peers.size();
    }

    private static String key(SocketAddress peer) {
        return peer instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "";
    }

    @Override
    public long pauseNs() {
        return 0;
    }

    @Override
    public void onAcceptFailed(Throwable cause) {
        files.onExhausted();
    }
}
