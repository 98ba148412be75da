package io.meridian.examples;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Writes ten records to the topic `hello` and reads them back. Runs from its source: `java -cp LIB/* Hello.java
/// HOST:PORT`.
public final class Hello {
    private static final int RECORDS = 10;

    private Hello() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", arguments[0]);
        TopicPartition partition = new TopicPartition("hello", 0);
        long first = -1;
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                var record = new ProducerRecord<>(partition.topic(), partition.partition(), "key", "from Java " + i);
                long offset = producer.send(record).get().offset();
                first = first < 0 ? offset : first;
            }
        }
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, first);
            while (consumer.position(partition) < first + RECORDS) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    System.out.println("offset " + record.offset() + ": " + record.value());
                }
            }
        }
    }
}
