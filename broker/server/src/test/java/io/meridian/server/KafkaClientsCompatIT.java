package io.meridian.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.server.runtime.EngineNodes;
import io.meridian.server.runtime.FatalFaults;
import io.meridian.settings.BrokerConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Apache Kafka's own Java client against a whole server.
@Timeout(180)
class KafkaClientsCompatIT {
    private static final String TOPIC = "orders";
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 3_000;
    private static final long HOT_BYTES = 64L << 20;
    private static final long DIRECT_BYTES = 256L << 20;

    @TempDir
    private Path directory;

    @Test
    void whatIsProducedIsReadBackInOrderAlsoAfterARestart() throws Exception {
        BrokerServer first = start();
        try {
            createTopic(first);
            produce(first);
            assertRecords(first);
        } finally {
            first.stop();
        }
        BrokerServer second = start();
        try {
            assertRecords(second);
        } finally {
            second.stop();
        }
    }

    private BrokerServer start() throws Exception {
        BrokerConfig config =
                switch (BrokerConfig.read(Map.of("port", "0", "http.port", "0", "num.network.threads", "2"))) {
                    case BrokerConfig.Read.Config(BrokerConfig read) -> read;
                    case BrokerConfig.Read.Refused(var refusals) -> throw new AssertionError(refusals);
                };
        ServerSettings settings = ServerSettings.of(directory, config, DIRECT_BYTES);
        FatalFaults faults = new FatalFaults(code -> {
            throw new AssertionError("the process would have halted with " + code);
        });
        BrokerServer server = BrokerServer.start(settings, new EngineNodes(config, HOT_BYTES), faults);
        server.ready().get(60, TimeUnit.SECONDS);
        return server;
    }

    private static Map<String, Object> client(BrokerServer server) {
        return Map.of("bootstrap.servers", "127.0.0.1:" + server.clientPort());
    }

    private static void createTopic(BrokerServer server) throws Exception {
        try (Admin admin = Admin.create(client(server))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static void produce(BrokerServer server) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(server), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int number = 0; number < RECORDS; number++) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, number % PARTITIONS, null, value(number))));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get(30, TimeUnit.SECONDS);
            }
        }
    }

    private static void assertRecords(BrokerServer server) {
        List<List<String>> read = new ArrayList<>();
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            read.add(new ArrayList<>());
            partitions.add(new TopicPartition(TOPIC, partition));
        }
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(server), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            int count = 0;
            while (count < RECORDS) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(5))) {
                    read.get(record.partition()).add(new String(record.value(), StandardCharsets.UTF_8));
                    count++;
                }
            }
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<String> expected = new ArrayList<>();
            for (int number = partition; number < RECORDS; number += PARTITIONS) {
                expected.add(new String(value(number), StandardCharsets.UTF_8));
            }
            assertThat(read.get(partition)).isEqualTo(expected);
        }
    }

    private static byte[] value(int number) {
        return ("order-" + number).repeat(20).getBytes(StandardCharsets.UTF_8);
    }
}
