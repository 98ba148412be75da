package io.meridian.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.RequestContext;
import io.meridian.protocol.message.ApiVersionsRequest;
import io.meridian.protocol.message.ApiVersionsResponse;
import io.meridian.protocol.message.DescribeClusterRequest;
import io.meridian.protocol.message.DescribeClusterResponse;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.server.runtime.StartRefused;
import io.meridian.server.testing.RunningServer;
import io.meridian.server.testing.ScriptedNode;
import io.meridian.transport.KafkaConnection;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BrokerServerIT {
    private static final short ERROR_UNSUPPORTED_VERSION = 35;

    @TempDir
    private Path directory;

    /// Parks Metadata requests until a DescribeCluster request comes, then answers them in the reverse order.
    private static final class ReversingScript implements ScriptedNode.Script {
        private final List<RequestContext> parked = new ArrayList<>();

        @Override
        public void onRequest(RequestContext context, RequestMessage request, Effects effects) {
            switch (request) {
                case MetadataRequest _ -> parked.add(context);
                case ProduceRequest _ -> effects.add(new Effect.NoReply(context));
                case DescribeClusterRequest _ -> {
                    effects.add(new Effect.Reply(context, DescribeClusterResponse.DEFAULT));
                    for (int index = parked.size() - 1; index >= 0; index--) {
                        effects.add(
                                new Effect.Reply(parked.get(index), MetadataResponse.DEFAULT.withControllerId(index)));
                    }
                    parked.clear();
                }
                default -> effects.add(new Effect.Reply(context, versions(context)));
            }
        }

        private static ApiVersionsResponse versions(RequestContext context) {
            boolean known = context.apiVersion() <= ApiVersionsRequest.HIGHEST_VERSION;
            return ApiVersionsResponse.DEFAULT.withErrorCode(known ? 0 : ERROR_UNSUPPORTED_VERSION);
        }
    }

    private RunningServer start() throws Exception {
        return RunningServer.start(directory, _ -> new ScriptedNode(new ReversingScript()))
                .ready();
    }

    @Test
    void responsesLeaveInTheOrderOfRequestsWhenTheyFinishInAnother() throws Exception {
        try (RunningServer running = start()) {
            KafkaConnection connection = running.connect();
            List<CompletableFuture<ResponseMessage>> answers = new ArrayList<>();
            for (int count = 0; count < 25; count++) {
                answers.add(connection.send(MetadataRequest.DEFAULT, (short) 12));
                connection.sendWithoutResponse(ProduceRequest.DEFAULT, (short) 9);
            }
            await().untilAsserted(() -> assertThat(answers).noneMatch(CompletableFuture::isDone));
            CompletableFuture<ResponseMessage> last = connection.send(DescribeClusterRequest.DEFAULT, (short) 0);

            assertThat(last.get(20, TimeUnit.SECONDS)).isEqualTo(DescribeClusterResponse.DEFAULT);
            for (int index = 0; index < answers.size(); index++) {
                assertThat(answers.get(index).get(20, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                MetadataResponse.class,
                                response -> assertThat(response.controllerId()).isNotNegative());
            }
        }
    }

    @Test
    void anUnknownVersionOfApiVersionsIsAnsweredInTheFirst() throws Exception {
        try (RunningServer running = start();
                Socket socket = running.rawSocket()) {
            DataOutputStream output = new DataOutputStream(socket.getOutputStream());
            byte[] client = "future".getBytes(StandardCharsets.UTF_8);
            output.writeInt(8 + 2 + client.length + 1 + 3);
            output.writeShort(18);
            output.writeShort(99);
            output.writeInt(7);
            output.writeShort(client.length);
            output.write(client);
            output.writeByte(0);
            output.write(new byte[] {1, 2, 3});
            output.flush();

            DataInputStream input = new DataInputStream(socket.getInputStream());
            assertThat(input.readInt()).isEqualTo(4 + 2 + 4);
            assertThat(input.readInt()).isEqualTo(7);
            assertThat(input.readShort()).isEqualTo(ERROR_UNSUPPORTED_VERSION);
            assertThat(input.readInt()).isZero();
        }
    }

    @Test
    void hostileConnectionsAreClosedAndOthersGoOn() throws Exception {
        try (RunningServer running = start()) {
            KafkaConnection bystander = running.connect();
            byte[][] attacks = {
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF},
                {0, 0, 0, 1, 0},
                {0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0, 0},
                // An unknown API, a version of Produce that is not served, a header cut short, an array count bomb.
                {0, 0, 0, 10, 3, (byte) 0xE7, 0, 0, 0, 0, 0, 0, 0, 0},
                {0, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0},
                {0, 0, 0, 10, 0, 3, 0, 1, 0, 0, 0, 0, 0x7F, (byte) 0xFF},
                {0, 0, 0, 14, 0, 3, 0, 1, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF, 0x7F, (byte) 0xFF, (byte) 0xFF, 1},
            };
            for (byte[] attack : attacks) {
                try (Socket socket = running.rawSocket()) {
                    socket.getOutputStream().write(attack);
                    socket.getOutputStream().flush();
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                } catch (IOException reset) {
                    assertThat(reset).hasMessageContaining("reset");
                }
                assertThat(bystander.send(ApiVersionsRequest.DEFAULT, (short) 0).get(20, TimeUnit.SECONDS))
                        .isInstanceOf(ApiVersionsResponse.class);
            }
            assertThat(get(running, "/metrics").body())
                    .contains("meridian_network_dropped_connections_total{reason=\"malformed\"} 2.0")
                    .contains("meridian_network_dropped_connections_total{reason=\"unsupported\"} 2.0")
                    .contains("meridian_network_dropped_connections_total{reason=\"negative_length\"} 1.0");
        }
    }

    @Test
    void halfFramesOfManyConnectionsDoNotStopOthers() throws Exception {
        try (RunningServer running = start()) {
            KafkaConnection bystander = running.connect();
            List<Socket> slow = new ArrayList<>();
            for (int count = 0; count < 10; count++) {
                Socket socket = running.rawSocket();
                socket.getOutputStream().write(new byte[] {0, 0, 1, 0, 0, 3, 0, 1});
                socket.getOutputStream().flush();
                slow.add(socket);
            }
            for (int count = 0; count < 20; count++) {
                bystander.send(ApiVersionsRequest.DEFAULT, (short) 3).get(20, TimeUnit.SECONDS);
            }
            for (Socket socket : slow) {
                socket.close();
            }
            await().untilAsserted(() ->
                    assertThat(get(running, "/metrics").body()).contains("meridian_network_budget_used_bytes 0.0"));
        }
    }

    @Test
    void connectionsAboveTheLimitAreRefused() throws Exception {
        try (RunningServer running = start()) {
            List<Socket> open = new ArrayList<>();
            for (int count = 0; count < 15; count++) {
                open.add(running.rawSocket());
            }
            await().untilAsserted(() ->
                    assertThat(get(running, "/metrics").body()).contains("meridian_network_connections 15.0"));
            try (Socket refused = running.rawSocket()) {
                assertThatThrownBy(() -> refused.getInputStream().read()).isInstanceOf(SocketException.class);
            } catch (IOException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
            for (Socket socket : open) {
                socket.close();
            }
            await().untilAsserted(() ->
                    assertThat(get(running, "/metrics").body()).contains("meridian_network_connections 0.0"));
            assertThat(running.connect()
                            .send(ApiVersionsRequest.DEFAULT, (short) 0)
                            .get(20, TimeUnit.SECONDS))
                    .isNotNull();
        }
    }

    @Test
    void healthTellsStartingFromServing() throws Exception {
        try (RunningServer running = RunningServer.start(directory, _ -> new ScriptedNode().holdingReady())) {
            HttpResponse<String> health = get(running, "/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"status\":\"starting\"");
            assertThatThrownBy(running::rawSocket).isInstanceOf(IOException.class);
        }
        try (RunningServer running = start()) {
            HttpResponse<String> health = get(running, "/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body())
                    .contains("\"status\":\"ok\"")
                    .contains("\"clusterId\":\"test-cluster\"")
                    .contains("\"brokerId\":1");
        }
    }

    @Test
    void metricsAreGatheredFromEveryNodeAtEachScrape() throws Exception {
        try (RunningServer running = start()) {
            running.connect().send(ApiVersionsRequest.DEFAULT, (short) 0).get(20, TimeUnit.SECONDS);
            assertThat(get(running, "/metrics").body())
                    .contains("meridian_log_online_partitions 6.0")
                    .contains("meridian_network_request_seconds_count{api=\"ApiVersions\"} 1")
                    .contains("meridian_disk_queue_bound_jobs{lane=\"sync\"} 64.0")
                    .contains("# HELP meridian_network_received_bytes_total Bytes of request frames.")
                    .contains("jvm_memory_used_bytes");
        }
    }

    @Test
    void aHeaderNameWithForeignCharactersIsRefused() throws Exception {
        try (RunningServer running = start();
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), running.server().httpPort())) {
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\nX(y): 1\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void aTakenPortIsOneLineForTheOperator() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ServerSettings settings = RunningServer.settings(directory);
            ServerSettings onTakenPort = new ServerSettings(
                    directory,
                    1,
                    settings.loops(),
                    settings.network().withPort(taken.getLocalPort()),
                    settings.budgetBytes(),
                    settings.httpHost(),
                    0,
                    settings.disks(),
                    settings.stopTimeoutMs(),
                    settings.metricsDetailMax(),
                    settings.httpConnectionsMax(),
                    settings.reservedFiles(),
                    settings.version());
            try (RunningServer running = RunningServer.start(onTakenPort, _ -> new ScriptedNode())) {
                assertThatThrownBy(running::ready)
                        .cause()
                        .isInstanceOf(StartRefused.class)
                        .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                        .hasMessageContaining("--port");
            }
        }
    }

    @Test
    void aDirectoryInUseIsOneLineForTheOperator() throws Exception {
        try (RunningServer _ = start()) {
            assertThatThrownBy(() -> RunningServer.start(directory, _ -> new ScriptedNode()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
        }
    }

    private static HttpResponse<String> get(RunningServer running, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + running.server().httpPort() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
