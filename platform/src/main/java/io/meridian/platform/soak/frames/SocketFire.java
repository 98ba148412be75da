package io.meridian.platform.soak.frames;

import io.meridian.base.SeededRandom;
import io.meridian.platform.node.NodeProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Treats a node as no client would: frames that [FrameForge] draws, one or many at once, whole or in pieces, cut off
/// by an orderly end or by a reset, with lengths that lie; some wait for their answers, most do not.
final class SocketFire {
    /// Connections before the first weighing, as a share of all.
    private static final int WARM_UP_SHARE = 4;

    private static final int SOCKETS_PER_SECOND = 800;
    private static final int ADDRESSES = 200;
    private static final int REPORT_SOCKETS = 5_000;
    private static final int PATIENCE_MS = 20;
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private final FramesPlan plan;
    private final NodeProcess node;
    private final Consumer<String> progress;
    private final SeededRandom random;
    private final FrameForge forge;
    private long frames;
    private long answers;
    private long refusals;

    SocketFire(FramesPlan plan, NodeProcess node, Consumer<String> progress) {
        this.plan = plan;
        this.node = node;
        this.progress = progress;
        this.random = new SeededRandom(plan.seed());
        this.forge = new FrameForge(random.split());
    }

    FireResult run() throws IOException, InterruptedException {
        NodeProbe probe = new NodeProbe(plan.node());
        probe.roundTrip("before");
        Footprint before = Footprint.NOTHING;
        for (int socket = 0; socket < plan.sockets(); socket++) {
            if (socket == plan.sockets() / WARM_UP_SHARE) {
                probe.sweep();
                TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis());
                before = Footprint.of(node.pid());
                probe.longestTurnMs();
            }
            long startedNs = System.nanoTime();
            fire();
            if (!node.isAlive()) {
                return FireResult.failed("the node is gone after " + socket + " connections");
            }
            long restNs = TimeUnit.SECONDS.toNanos(1) / SOCKETS_PER_SECOND - (System.nanoTime() - startedNs);
            if (restNs > 0) {
                TimeUnit.NANOSECONDS.sleep(restNs);
            }
            if (socket > 0 && socket % REPORT_SOCKETS == 0) {
                progress.accept(socket + " connections, " + frames + " frames, " + answers + " bytes answered");
            }
        }
        probe.sweep();
        TimeUnit.MILLISECONDS.sleep(SETTLING.toMillis());
        long longestTurnMs = probe.longestTurnMs();
        probe.roundTrip("after");
        return new FireResult(
                plan.sockets() + " connections (" + refusals + " refused or cut), " + frames + " frames, " + answers
                        + " bytes answered, a client works afterwards",
                longestTurnMs,
                before,
                Footprint.of(node.pid()),
                "");
    }

    private void fire() {
        try (Socket socket = new Socket()) {
            // Many addresses of the machine's own: no limit of one of them is what is tried here.
            socket.bind(new InetSocketAddress(
                    InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + random.nextInt(ADDRESSES))}), 0));
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), plan.node().port()));
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MS);
            send(socket.getOutputStream());
            switch (random.nextInt(3)) {
                case 0 -> socket.setSoLinger(true, 0);
                case 1 -> {
                    socket.shutdownOutput();
                    drain(socket.getInputStream());
                }
                default -> {}
            }
        } catch (IOException cut) {
            refusals++;
        }
    }

    private void send(OutputStream out) throws IOException {
        for (int count = random.nextInt(1, 6); count > 0; count--) {
            byte[] frame = forge.next();
            frames++;
            int length = frame.length;
            if (random.chance(5)) {
                length = random.nextInt();
            } else if (random.chance(10)) {
                length += random.nextInt(-5, 5);
            }
            byte[] bytes = ByteBuffer.allocate(Integer.BYTES + frame.length)
                    .putInt(length)
                    .put(frame)
                    .array();
            int sent = random.chance(15) ? random.nextInt(bytes.length) : bytes.length;
            int piece = random.chance(10) ? random.nextInt(1, 50) : bytes.length;
            for (int at = 0; at < Math.min(sent, 100 * piece); at += piece) {
                out.write(bytes, at, Math.min(piece, sent - at));
            }
        }
    }

    private void drain(InputStream in) throws IOException {
        byte[] bytes = new byte[64 << 10];
        try {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                answers += read;
            }
        } catch (SocketTimeoutException _) {
            // It has no more to say for now, and that is enough.
        }
    }
}
