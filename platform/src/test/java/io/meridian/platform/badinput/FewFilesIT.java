package io.meridian.platform.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A process that may open 256 files: those that are left are for logs.
@EnabledOnOs(OS.LINUX)
class FewFilesIT {
    private static final int FILES = 256;
    private static final int STRANGERS = 400;
    private static final int PARTITIONS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void connectionsAreRefusedBeforeLogsFindNoFiles() throws Exception {
        NodeCommand command = NodeCommand.on(directory.resolve("data"))
                .with("log.segment.bytes", "1048576")
                .with("max.connection.creation.rate.per.ip", "10000");
        List<Socket> strangers = new ArrayList<>();
        try (ChildNode node =
                ChildNode.withFiles(FILES, command, directory.resolve("errors")).ready()) {
            Broker broker = node.broker();
            String topic = Clients.createTopic(broker, "many", PARTITIONS);
            try (Producer<String, String> producer = Clients.producer(broker, "batch.size", 200_000, "linger.ms", 5);
                    Admin admin = Admin.create(broker.client())) {
                produceEverywhere(producer, topic);
                Clients.answer(admin.listTopics().names());
                for (int count = 0; count < STRANGERS; count++) {
                    Socket stranger = new Socket();
                    stranger.connect(new InetSocketAddress(broker.host(), broker.port()), (int) LIMIT.toMillis());
                    strangers.add(stranger);
                }

                produceEverywhere(producer, topic);

                assertThat(strangers.stream().filter(FewFilesIT::isOpen).count())
                        .isBetween(1L, FILES - 100L);
                assertThat(health(broker)).contains("\"files\":\"low\"", "\"status\":\"degraded\"");
                assertThatThrownBy(() ->
                                Clients.answer(admin.createTopics(List.of(new NewTopic("refused", 200, (short) 1)))
                                        .all()))
                        .rootCause()
                        .isInstanceOf(PolicyViolationException.class)
                        .hasMessageContaining("limit of open files");
                produceEverywhere(producer, topic);
                for (Socket stranger : strangers) {
                    stranger.close();
                }
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(health(broker)).contains("\"files\":\"ample\"", "\"ok\""));
                Clients.produce(broker, topic, 0, List.of("a newcomer is served"));
            }
            assertThat(node.errorText()).doesNotContain("ERROR").doesNotContain("Too many open files");
            assertThat(node.process().stop(LIMIT)).isZero();
        }
    }

    /// Enough for each partition to begin a new segment.
    private static void produceEverywhere(Producer<String, String> producer, String topic) throws Exception {
        String value = "x".repeat(100_000);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
            }
        }
        for (Future<RecordMetadata> each : sent) {
            Clients.answer(each);
        }
    }

    private static boolean isOpen(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    private static String health(Broker broker) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + broker.host() + ":" + broker.httpPort() + "/health"))
                .timeout(LIMIT)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
