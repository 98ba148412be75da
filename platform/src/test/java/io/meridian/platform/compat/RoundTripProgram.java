package io.meridian.platform.compat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Creates a topic, writes and reads it, run as a program of its own with the client that is on its class path.
///
/// Prints the client's jar and then `read back N`. Uses only what clients from 2.8 on have.
final class RoundTripProgram {
    private static final int RECORDS = 1_000;
    private static final long LIMIT_SECONDS = 30;

    private RoundTripProgram() {}

    public static void main(String[] arguments) throws Exception {
        String topic = arguments[1];
        Properties properties = new Properties();
        properties.put("bootstrap.servers", arguments[0]);
        try (AdminClient admin = AdminClient.create(properties)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        List<String> written = write(properties, topic);
        List<String> read = read(properties, new TopicPartition(topic, 0));
        System.out.println("client "
                + KafkaProducer.class.getProtectionDomain().getCodeSource().getLocation());
        if (!read.equals(written)) {
            throw new IllegalStateException("written " + written.size() + ", read " + read);
        }
        System.out.println("read back " + read.size());
    }

    private static List<String> write(Properties properties, String topic) throws Exception {
        Properties producing = new Properties();
        producing.putAll(properties);
        producing.put("enable.idempotence", "true");
        producing.put("acks", "all");
        producing.put("compression.type", "gzip");
        List<String> written = new ArrayList<>();
        List<Future<?>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(producing, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, 0, "key", "value " + i)));
                written.add("value " + i);
            }
            for (Future<?> one : sent) {
                one.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        }
        return written;
    }

    private static List<String> read(Properties properties, TopicPartition partition) {
        List<String> read = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(Collections.singletonList(partition));
            consumer.seekToBeginning(Collections.singletonList(partition));
            while (read.size() < RECORDS && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    read.add(record.value());
                }
            }
        }
        return read;
    }
}
