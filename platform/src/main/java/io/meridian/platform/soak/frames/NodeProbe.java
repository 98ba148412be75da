package io.meridian.platform.soak.frames;

import io.meridian.platform.node.NodeCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// What a client and an operator see of a node.
record NodeProbe(NodeCommand node) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LONGEST_TURN = "meridian_node_loop_longest_turn_seconds";
    private static final double MS_PER_SECOND = 1_000;

    /// Makes a topic, writes to it and reads what was written, with the stock client.
    ///
    /// @throws IllegalStateException when that does not work
    void roundTrip(String topic) throws InterruptedException {
        Map<String, Object> common = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, node.bootstrap());
        try (Admin admin = Admin.create(common);
                KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, node.bootstrap()),
                        new StringSerializer(),
                        new StringSerializer());
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, node.bootstrap()),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            producer.send(new ProducerRecord<>(topic, "written")).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            ConsumerRecords<String, String> records = consumer.poll(PATIENCE);
            if (records.count() != 1) {
                throw new IllegalStateException("a client read " + records.count() + " records instead of one");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a client could not work: " + e.getMessage(), e);
        }
    }

    /// Deletes all topics: frames whose names are damaged make new ones without end.
    void sweep() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, node.bootstrap()))) {
            Set<String> names = admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            for (KafkaFuture<Void> deletion :
                    admin.deleteTopics(names).topicNameValues().values()) {
                awaitGone(deletion);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("topics could not be deleted: " + e.getMessage(), e);
        }
    }

    /// A hostile frame may have deleted the topic first.
    private static void awaitGone(KafkaFuture<Void> deletion)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            deletion.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
        }
    }

    /// The longest turn of any loop since this was asked before.
    long longestTurnMs() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> page = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.httpPort() + "/metrics"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return page.body()
                    .lines()
                    .filter(line -> line.startsWith(LONGEST_TURN + "{"))
                    .mapToLong(line ->
                            Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) * MS_PER_SECOND))
                    .max()
                    .orElseThrow(() -> new IllegalStateException("the node does not tell its longest turn"));
        }
    }
}
