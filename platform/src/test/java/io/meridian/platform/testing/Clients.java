package io.meridian.platform.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Small steps with the stock Java client, each with a deadline.
public final class Clients {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Clients() {}

    /// Waits for a client's answer.
    ///
    /// @throws ExecutionException as the future does
    public static <T> T answer(Future<T> future) throws ExecutionException, InterruptedException {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer after " + LIMIT, e);
        }
    }

    /// The value of a map that has exactly one.
    public static <T> T only(Map<?, T> map) {
        if (map.size() != 1) {
            throw new AssertionError("expected one entry, found " + map);
        }
        return map.values().iterator().next();
    }

    /// Creates a topic that nobody has used.
    ///
    /// @return its name
    public static String createTopic(Broker broker, String prefix, int partitions) throws Exception {
        String topic = broker.freshTopic(prefix);
        try (Admin admin = Admin.create(broker.client())) {
            answer(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all());
        }
        return topic;
    }

    /// How many partitions a topic has.
    public static int partitions(Broker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(broker.client())) {
            return only(answer(admin.describeTopics(List.of(topic)).allTopicNames()))
                    .partitions()
                    .size();
        }
    }

    /// A producer of strings with more configuration in pairs.
    public static Producer<String, String> producer(Broker broker, Object... namesAndValues) {
        return new KafkaProducer<>(broker.client(namesAndValues), new StringSerializer(), new StringSerializer());
    }

    /// Writes `values` to a partition and waits for their acknowledgement.
    public static void produce(Broker broker, String topic, int partition, List<String> values) throws Exception {
        try (Producer<String, String> producer = producer(broker)) {
            List<Future<?>> sent = new ArrayList<>();
            for (String value : values) {
                sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
            }
            for (Future<?> one : sent) {
                answer(one);
            }
        }
    }

    /// A consumer of strings with more configuration in pairs; it belongs to no group.
    public static Consumer<String, String> consumer(Broker broker, Object... namesAndValues) {
        return new KafkaConsumer<>(broker.client(namesAndValues), new StringDeserializer(), new StringDeserializer());
    }

    /// Everything in these partitions of a topic, from beginning to end.
    public static List<ConsumerRecord<String, String>> readAll(Broker broker, String topic, int... partitions) {
        try (Consumer<String, String> consumer = consumer(broker)) {
            List<TopicPartition> assigned = new ArrayList<>();
            for (int partition : partitions) {
                assigned.add(new TopicPartition(topic, partition));
            }
            consumer.assign(assigned);
            consumer.seekToBeginning(assigned);
            long count = consumer.endOffsets(assigned).values().stream()
                            .mapToLong(Long::longValue)
                            .sum()
                    - consumer.beginningOffsets(assigned).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            return read(consumer, count);
        }
    }

    /// Polls until `count` records have come.
    public static List<ConsumerRecord<String, String>> read(Consumer<String, String> consumer, long count) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (records.size() < count) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            if (System.nanoTime() > deadline) {
                throw new AssertionError("found " + records.size() + " records after " + LIMIT + ", expected " + count);
            }
        }
        return records;
    }

    /// The values of records, in order.
    public static List<String> values(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }
}
