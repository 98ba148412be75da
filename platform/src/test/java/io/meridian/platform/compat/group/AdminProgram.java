package io.meridian.platform.compat.group;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Administration with the Java client that is on its class path; nothing newer than what 2.8 has.
@SuppressWarnings({"removal", "NullAway"
}) // The ways of 2.8 are on their way out; what is null here ends it, as it should.
final class AdminProgram {
    private AdminProgram() {}

    public static void main(String[] arguments) throws Exception {
        String topic = arguments[1];
        String group = arguments[2];
        Properties properties = new Properties();
        properties.put("bootstrap.servers", arguments[0]);
        try (AdminClient admin = AdminClient.create(properties)) {
            topics(admin, properties, topic);
            groups(admin, group, topic);
            admin.deleteTopics(List.of(topic)).all().get();
            System.out.println("topic listed "
                    + until(false, () -> admin.listTopics().names().get().contains(topic)));
        }
    }

    private static void topics(AdminClient admin, Properties properties, String topic) throws Exception {
        NewTopic wanted = new NewTopic(topic, 2, (short) 1).configs(Map.of("retention.ms", "60000"));
        admin.createTopics(List.of(wanted)).all().get();
        System.out.println("partitions " + until(2, () -> partitions(properties, topic)));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        System.out.println("retention.ms " + until("60000", () -> retention(admin, resource)));
        admin.incrementalAlterConfigs(Map.of(
                        resource,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("retention.ms", "120000"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        System.out.println("retention.ms " + until("120000", () -> retention(admin, resource)));
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(4))).all().get();
        System.out.println("partitions " + until(4, () -> partitions(properties, topic)));
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>(topic, 0, null, "v" + i)).get();
            }
        }
        TopicPartition partition = new TopicPartition(topic, 0);
        admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4)))
                .all()
                .get();
        System.out.println("offsets " + offset(admin, partition, OffsetSpec.earliest()) + " "
                + offset(admin, partition, OffsetSpec.latest()));
    }

    private static void groups(AdminClient admin, String group, String topic) throws Exception {
        TopicPartition partition = new TopicPartition(topic, 0);
        admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(7)))
                .all()
                .get();
        System.out.println("group offset "
                + admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(partition)
                        .offset());
        System.out.println("group listed " + groups(admin).contains(group));
        System.out.println("group state "
                + admin.describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group)
                        .get()
                        .state()
                        .toString());
        admin.deleteConsumerGroupOffsets(group, Collections.singleton(partition))
                .all()
                .get();
        System.out.println("group offsets "
                + admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .size());
        admin.deleteConsumerGroups(List.of(group)).all().get();
        System.out.println("group listed " + groups(admin).contains(group));
    }

    /// Asks until the answer is the one that is wanted, because brokers of a cluster learn of changes one after the
    /// other; the last answer after some seconds.
    private static <T> T until(T wanted, Callable<T> ask) throws Exception {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        T answer = ask.call();
        while (!answer.equals(wanted) && System.nanoTime() < deadlineNs) {
            answer = ask.call();
        }
        return answer;
    }

    private static Set<String> groups(AdminClient admin) throws Exception {
        Set<String> names = new TreeSet<>();
        for (ConsumerGroupListing group : admin.listConsumerGroups().all().get()) {
            names.add(group.groupId());
        }
        return names;
    }

    private static int partitions(Properties properties, String topic) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            return consumer.partitionsFor(topic).size();
        }
    }

    private static String retention(AdminClient admin, ConfigResource resource) throws Exception {
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get("retention.ms")
                .value();
    }

    private static long offset(AdminClient admin, TopicPartition partition, OffsetSpec spec) throws Exception {
        return admin.listOffsets(Map.of(partition, spec))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
