package io.meridian.platform.compat.group;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// One member of a group, with the Java client that is on its class path; nothing newer than what 2.8 has.
final class MemberProgram {
    private static final int PARTITIONS = 6;

    private final String bootstrap;
    private final String topic;
    private final KafkaConsumer<String, String> consumer;
    private final Set<Integer> owned = new TreeSet<>();
    private final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();

    private MemberProgram(String bootstrap, String topic, String group, String protocol, String instance) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("group.id", group);
        properties.put("session.timeout.ms", instance.equals("-") ? "6000" : "30000");
        properties.put("heartbeat.interval.ms", "500");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put(
                "partition.assignment.strategy",
                protocol.equals("cooperative")
                        ? "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"
                        : "org.apache.kafka.clients.consumer.RangeAssignor");
        if (!instance.equals("-")) {
            properties.put("group.instance.id", instance);
        }
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[5].equals("reset")) {
            reset(arguments[0], arguments[1], arguments[2]);
        }
        new MemberProgram(arguments[0], arguments[1], arguments[2], arguments[3], arguments[4]).run();
    }

    private static void reset(String bootstrap, String topic, String group) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        try (AdminClient admin = AdminClient.create(properties)) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                offsets.put(new TopicPartition(topic, partition), new OffsetAndMetadata(0));
            }
            admin.alterConsumerGroupOffsets(group, offsets).all().get();
        }
        say("reset");
    }

    private void run() throws Exception {
        Thread reader = new Thread(this::readCommands);
        reader.setDaemon(true);
        reader.start();
        consumer.subscribe(Collections.singletonList(topic), new Listener());
        while (true) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                say("seen " + record.partition() + " " + record.offset() + " " + record.value());
            }
            String command = commands.poll();
            if (command == null) {
                continue;
            }
            String[] words = command.split(" ", -1);
            switch (words[0]) {
                case "produce" -> produce(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                case "commit" -> {
                    consumer.commitSync();
                    say("committed");
                }
                default -> {
                    consumer.close();
                    say("closed");
                    return;
                }
            }
        }
    }

    private void readCommands() {
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .forEach(commands::add);
        commands.add("close");
    }

    private void produce(int from, int to) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        List<Future<?>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = from; i < to; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, null, "v" + i)));
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
        say("produced " + (to - from));
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static String list(Collection<Integer> partitions) {
        return partitions.isEmpty()
                ? "-"
                : String.join(",", partitions.stream().map(String::valueOf).toList());
    }

    private final class Listener implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> owned.add(partition.partition()));
            say("owns " + consumer.groupMetadata().generationId() + " " + list(owned));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> owned.remove(partition.partition()));
            say("revoked "
                    + list(partitions.stream().map(TopicPartition::partition).toList()));
        }
    }
}
