import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Fills a topic once, then reads it from the beginning with an unmodified consumer that is assigned its
/// partition, so that no consumer group is needed. Prints `<MiB> <seconds>` for the read.
///
/// Arguments: `fill|read BOOTSTRAP TOPIC RECORDS BYTES`.
void main(String[] args) throws Exception {
    String topic = args[2];
    int records = Integer.parseInt(args[3]);
    int bytes = Integer.parseInt(args[4]);
    if (args[0].equals("fill")) {
        fill(args[1], topic, records, bytes);
    } else {
        read(args[1], topic, records, bytes);
    }
}

void fill(String bootstrap, String topic, int records, int bytes) {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap, "linger.ms", 20, "batch.size", 65_536);
    try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
        byte[] value = new byte[bytes];
        for (int i = 0; i < records; i++) {
            value[i % bytes]++;
            producer.send(new ProducerRecord<>(topic, 0, null, value.clone()));
        }
    }
}

void read(String bootstrap, String topic, int records, int bytes) {
    Map<String, Object> settings = Map.of(
            "bootstrap.servers", bootstrap, "max.partition.fetch.bytes", 8 << 20, "max.poll.records", 100_000);
    try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        var partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long startedNs = System.nanoTime();
        long read = 0;
        while (read < records) {
            read += consumer.poll(Duration.ofSeconds(5)).count();
        }
        double seconds = (System.nanoTime() - startedNs) / 1e9;
        System.out.printf("%.1f %.3f%n", (double) records * bytes / (1 << 20), seconds);
    }
}
