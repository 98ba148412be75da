package io.meridian.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.protocol.message.ApiVersionsRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.Vertx;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Weaknesses that other brokers and clients have had on the wire, before anything is decoded.
class ConnectionCveTest {
    private static final int UNAUTHENTICATED_BYTES = 16 * 1024;
    private static final long PATIENCE_SECONDS = 20;

    private final RecordingSink sink = new RecordingSink();
    private final ByteBudget budget = new ByteBudget(1L << 30);
    private final EmbeddedChannel channel = EmbeddedChannel.builder()
            .handlers(new FrameDecoder(
                    new FrameSettings(FrameSettings.REQUEST_HEADER_BYTES_MIN, 30_000, 600_000), budget, sink))
            .build();

    /// CVE-2022-34917: a broker took memory for what a stranger announced.
    @ParameterizedTest
    @ValueSource(
            ints = {UNAUTHENTICATED_BYTES + 1, 512 * 1024, 100 * 1024 * 1024, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
    void aFrameLengthIsNotTrustedBeforeAuthentication(int announced) {
        sink.frameBytesMax = UNAUTHENTICATED_BYTES;

        channel.writeInbound(Unpooled.buffer().writeInt(announced).writeShort(18));

        assertThat(channel.isOpen()).isFalse();
        assertThat(sink.drops).hasSize(1);
        assertThat(budget.usedBytes()).isZero();
        channel.finishAndReleaseAll();
    }

    /// The same afterwards: what is announced takes memory when it comes.
    @Test
    void aLongFrameTakesMemoryWhenItComes() {
        sink.frameBytesMax = 100 * 1024 * 1024;

        channel.writeInbound(
                Unpooled.buffer().writeInt(100 * 1024 * 1024).writeShort(0).writeByte(1));

        assertThat(channel.isOpen()).isTrue();
        assertThat(budget.usedBytes()).isEqualTo(FrameDecoder.PROOF_BYTES);
        channel.finishAndReleaseAll();
        assertThat(budget.usedBytes()).isZero();
    }

    /// CVE-2026-10142 of kafka-python: a client took memory for what a server announced.
    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 100 * 1024 * 1024 + 1, -1, 0})
    void aClientDoesNotTrustTheLengthOfAResponse(int announced) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> announce(server, announced));
            KafkaConnection connection = KafkaConnection.connect(
                            vertx,
                            "127.0.0.1",
                            server.getLocalPort(),
                            "test",
                            new FrameSettings(FrameSettings.RESPONSE_HEADER_BYTES_MIN, 30_000, 600_000))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThatThrownBy(() -> connection
                            .send(ApiVersionsRequest.DEFAULT, (short) 0)
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .rootCause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the connection was dropped");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        channel.finishAndReleaseAll();
    }

    private static void announce(ServerSocket server, int length) {
        try (Socket accepted = server.accept()) {
            assertThat(accepted.getInputStream().read()).isNotNegative();
            new DataOutputStream(accepted.getOutputStream()).writeInt(length);
            new DataOutputStream(accepted.getOutputStream()).writeShort(0);
            accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
    }
}
