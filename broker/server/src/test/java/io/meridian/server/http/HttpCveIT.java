package io.meridian.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.server.testing.RunningServer;
import io.meridian.server.testing.ScriptedNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that two parties could read differently (CVE-2026-102479 of Vert.x, CVE-2026-42580, 42585, 33870 and
/// 93579 of Netty), and connections that take without giving: each gets at most one answer and loses its connection.
class HttpCveIT {
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    Path directory;

    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        running = RunningServer.start(directory, _ -> new ScriptedNode());
    }

    @AfterEach
    void othersAreServed() throws Exception {
        assertThat(exchange("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 ");
        running.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
                "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nabcde",
                "GET /health HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a\nb\r\nabcde\r\n0\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\nX: b\u0000c\r\n\r\n",
                "GET /health HTTP/1.1\r\nHost: a\r\n X: folded\r\n\r\n",
                "POST /health HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"
            })
    void aRequestThatCanBeReadInTwoWaysIsRefusedAndNothingAfterItIsRead(String request) throws Exception {
        String answers = exchange(request + "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answers).doesNotContain("HTTP/1.1 200").doesNotContain("meridian_");
        assertThat(answers.split("HTTP/1[.]1 ", -1)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void headersThatNeverEndAreCutOff() throws Exception {
        assertThat(exchange(
                        "GET /health HTTP/1.1\r\nHost: a\r\n" + "X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n".repeat(10_000)))
                .doesNotContain("HTTP/1.1 200");
    }

    @Test
    void anUpgradeToHttp2IsNotOffered() throws Exception {
        assertThat(exchange("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotContain("HTTP/1.1 200");
    }

    /// Everything that comes back until the other side closes.
    private String exchange(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), running.server().httpPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            StringBuilder answers = new StringBuilder();
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                byte[] piece = new byte[4_096];
                for (int read = 0; read >= 0; read = socket.getInputStream().read(piece)) {
                    answers.append(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
                }
            } catch (SocketException reset) {
                return answers.toString();
            }
            return answers.toString();
        }
    }
}
