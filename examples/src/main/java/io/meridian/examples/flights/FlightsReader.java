package io.meridian.examples.flights;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Reads a topic of flights from its beginning to its end and checks every flight against the file.
///
/// `FlightsReader [BOOTSTRAP [TOPIC]]`. Exit code 0 when each flight is there exactly once and in order of its key.
public final class FlightsReader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrap;
    private final String topic;

    /// @param bootstrap address of the broker, `host:port`
    /// @param topic all its partitions are read
    public FlightsReader(String bootstrap, String topic) {
        this.bootstrap = bootstrap;
        this.topic = topic;
    }

    /// Runs the program.
    public static void main(String[] arguments) throws IOException {
        String bootstrap = arguments.length > 0 ? arguments[0] : "127.0.0.1:9092";
        String topic = arguments.length > 1 ? arguments[1] : Flight.TOPIC;
        FlightsReport report = new FlightsReader(bootstrap, topic).check(Flight.all());
        System.out.println(report.text());
        System.exit(report.complete() ? 0 : 1);
    }

    /// Compares what is in the topic with `flights`.
    ///
    /// @throws IllegalStateException if reading makes no progress for 30 seconds
    public FlightsReport check(List<Flight> flights) throws IOException {
        FlightsReport report = new FlightsReport(flights);
        ObjectMapper mapper = new ObjectMapper();
        try (Consumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "none"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(topic)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> endOffsets = consumer.endOffsets(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!finished(consumer, endOffsets)) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    report.found(number(record), record.key(), mapper.readValue(record.value(), Flight.class));
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                }
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("nothing came for " + PATIENCE + " before " + endOffsets);
                }
            }
        }
        return report;
    }

    private static boolean finished(Consumer<?, ?> consumer, Map<TopicPartition, Long> endOffsets) {
        return endOffsets.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private static int number(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(Flight.NUMBER);
        return header == null ? -1 : Integer.parseInt(new String(header.value(), StandardCharsets.UTF_8));
    }
}
