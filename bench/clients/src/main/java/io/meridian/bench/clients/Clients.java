package io.meridian.bench.clients;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Clients of bytes, with the library's defaults but for what is named.
final class Clients {
    private Clients() {}

    static KafkaProducer<byte[], byte[]> producer(String bootstrap, Map<String, Object> settings) {
        return new KafkaProducer<>(with(bootstrap, settings), new ByteArraySerializer(), new ByteArraySerializer());
    }

    static KafkaConsumer<byte[], byte[]> consumer(String bootstrap, Map<String, Object> settings) {
        return new KafkaConsumer<>(with(bootstrap, settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> with(String bootstrap, Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrap);
        return all;
    }
}
