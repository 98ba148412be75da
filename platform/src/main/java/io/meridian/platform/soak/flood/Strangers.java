package io.meridian.platform.soak.flood;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Connections to one port, opened at a rate and held until the other side closes them; each may dribble bytes.
/// Confined to the thread that calls [#run()].
final class Strangers {
    /// What became of them.
    ///
    /// @param attempts connections tried
    /// @param refused of them, gone within a second
    /// @param held of them, gone later
    /// @param left of them, still open when patience ended
    /// @param longestHeld from the attempt to the end of the one that was held longest
    record Outcome(int attempts, int refused, int held, int left, Duration longestHeld) {
        /// Whether every place was given back within `limit`.
        boolean isFreedWithin(Duration limit) {
            return left == 0 && longestHeld.compareTo(limit) <= 0;
        }
    }

    /// The beginning of a request of 1,000 bytes, to be continued for a quarter of an hour.
    static final byte[] KAFKA = ByteBuffer.allocate(1_000)
            .putInt(1_000)
            .putShort((short) 3)
            .putShort((short) 1)
            .array();

    /// The beginning of a request whose headers never end.
    static final byte[] HTTP =
            ("GET /health HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(900)).getBytes(StandardCharsets.US_ASCII);

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long SELECT_MS = 5;

    private final InetSocketAddress target;
    private final int attempts;
    private final int attemptsPerSecond;
    private final byte[] dribble;
    private final Duration patience;
    private int opened;
    private int refused;
    private int held;
    private long longestNs;

    /// @param dribble of which each sends a byte a second; empty for silence
    /// @param patience how long after the last attempt the rest is waited for
    Strangers(InetSocketAddress target, int attempts, int attemptsPerSecond, byte[] dribble, Duration patience) {
        this.target = target;
        this.attempts = attempts;
        this.attemptsPerSecond = attemptsPerSecond;
        this.dribble = dribble.clone();
        this.patience = patience;
    }

    private static final class Stranger {
        private final long beganNs = System.nanoTime();
        private int sent;
    }

    /// Returns when all are gone or patience has ended.
    Outcome run() throws IOException {
        try (Selector selector = Selector.open()) {
            long beganNs = System.nanoTime();
            long lastNs = beganNs;
            long dribbledNs = beganNs;
            while ((opened < attempts || !selector.keys().isEmpty())
                    && System.nanoTime() - lastNs < patience.toNanos()) {
                long due = Math.min(attempts, (System.nanoTime() - beganNs) * attemptsPerSecond / SECOND_NS + 1);
                while (opened < due) {
                    open(selector);
                    lastNs = System.nanoTime();
                }
                selector.select(this::look, SELECT_MS);
                if (dribble.length > 0 && System.nanoTime() - dribbledNs >= SECOND_NS) {
                    dribbledNs = System.nanoTime();
                    List.copyOf(selector.keys()).forEach(this::dribble);
                }
            }
            return endOf(selector);
        }
    }

    private Outcome endOf(Selector selector) throws IOException {
        List<SelectionKey> open = new ArrayList<>(selector.keys());
        for (SelectionKey key : open) {
            key.channel().close();
        }
        return new Outcome(attempts, refused, held, open.size(), Duration.ofNanos(longestNs));
    }

    private void open(Selector selector) throws IOException {
        opened++;
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        Stranger stranger = new Stranger();
        try {
            boolean isConnected = channel.connect(target);
            channel.register(selector, isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, stranger);
        } catch (IOException refusedAtOnce) {
            channel.close();
            gone(stranger);
        }
    }

    private void look(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isReadable() && channel.read(ByteBuffer.allocate(256)) < 0) {
                end(key, channel);
            }
        } catch (IOException reset) {
            end(key, channel);
        }
    }

    private void dribble(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Stranger stranger = (Stranger) key.attachment();
        try {
            if (key.isValid() && channel.isConnected() && stranger.sent < dribble.length) {
                stranger.sent += channel.write(ByteBuffer.wrap(dribble, stranger.sent, 1));
            }
        } catch (IOException reset) {
            end(key, channel);
        }
    }

    private void end(SelectionKey key, SocketChannel channel) {
        gone((Stranger) key.attachment());
        key.cancel();
        try {
            channel.close();
        } catch (IOException alreadyBroken) {
            longestNs = Math.max(longestNs, 0);
        }
    }

    private void gone(Stranger stranger) {
        long livedNs = System.nanoTime() - stranger.beganNs;
        if (livedNs < SECOND_NS) {
            refused++;
        } else {
            held++;
        }
        longestNs = Math.max(longestNs, livedNs);
    }
}
