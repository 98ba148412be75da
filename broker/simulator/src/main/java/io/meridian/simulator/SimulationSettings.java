package io.meridian.simulator;

import io.meridian.base.SeededRandom;
import io.meridian.simulator.client.AdminClient.TopicPlan;
import io.meridian.simulator.client.ConsumerClient.ConsumerStyle;
import io.meridian.simulator.client.GroupMemberClient.MemberStyle;
import io.meridian.simulator.client.ProducerClient.ProducerStyle;
import io.meridian.simulator.world.NetworkDelays;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Everything one seed draws before it begins: sizes, mixtures and intensities, each seed its own subset.
///
/// @param hotBytes what a node takes to be in memory; small values make most reads cold
/// @param groups the members of each group
/// @param recordsPerStream records each producer writes to each partition
/// @param brokerConfig settings of the process, by name
record SimulationSettings(
        int nodeCount,
        long hotBytes,
        NetworkDelays network,
        NetworkDelays storage,
        NetworkDelays betweenNodes,
        int lingeringTurnPercent,
        int wallDriftPercent,
        List<TopicPlan> topics,
        List<TopicPlan> temporaryTopics,
        List<ProducerStyle> producers,
        List<ConsumerStyle> consumers,
        List<List<MemberStyle>> groups,
        int recordsPerStream,
        Map<String, String> brokerConfig) {
    private static final int RECORDS_WANTED = 1_500;
    private static final long MICRO_NS = 1_000L;
    private static final long MILLI_NS = 1_000_000L;

    static SimulationSettings draw(SeededRandom random) {
        List<TopicPlan> topics = new ArrayList<>();
        int topicCount = 2 + random.nextInt(3);
        int partitions = 0;
        for (int i = 0; i < topicCount; i++) {
            TopicPlan plan = topic("topic" + i, random, i == 0 || random.chance(65));
            topics.add(plan);
            partitions += plan.partitions();
        }
        List<TopicPlan> temporary = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            // The same name again and again: each incarnation must be a topic of its own.
            temporary.add(topic("temporary", random, random.nextBoolean()));
        }
        List<ProducerStyle> producers = new ArrayList<>();
        int idempotent = 1 + random.nextInt(3);
        for (int i = 0; i < idempotent; i++) {
            producers.add(producer(true, -1, random));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            producers.add(producer(false, random.nextInt(-1, 2), random));
        }
        List<ConsumerStyle> consumers = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            consumers.add(consumer(random));
        }
        return new SimulationSettings(
                1 + random.nextInt(3),
                random.nextBoolean() ? random.nextInt(20_000) : 100 << 20,
                new NetworkDelays((20 + random.nextInt(500)) * MICRO_NS, random.nextInt(4)),
                new NetworkDelays((10 + random.nextInt(800)) * MICRO_NS, random.nextInt(5)),
                new NetworkDelays((1 + random.nextInt(60)) * MICRO_NS, random.nextInt(2)),
                random.nextInt(60),
                random.nextInt(-50, 200),
                List.copyOf(topics),
                List.copyOf(temporary),
                List.copyOf(producers),
                List.copyOf(consumers),
                groups(random),
                1 + RECORDS_WANTED / (partitions * idempotent),
                brokerConfig(random));
    }

    private static TopicPlan topic(String name, SeededRandom random, boolean isSynced) {
        Map<String, String> configs = new TreeMap<>();
        configs.put("flush.policy", isSynced ? "ack" : "os");
        configs.put("segment.index.bytes", Integer.toString(8 * (1 + random.nextInt(6))));
        configs.put("index.interval.bytes", Integer.toString(random.nextInt(3) * random.nextInt(400)));
        configs.put("produce.batch.validation", random.nextBoolean() ? "relaxed" : "strict");
        configs.put("file.delete.delay.ms", Integer.toString(random.nextInt(3) * random.nextInt(200)));
        if (random.nextBoolean()) {
            configs.put("segment.ms", Integer.toString(1 + random.nextInt(500)));
        }
        boolean isKept = random.chance(60);
        if (!isKept && random.nextBoolean()) {
            configs.put("retention.ms", Integer.toString(random.nextInt(3_000)));
        }
        if (!isKept && random.nextBoolean()) {
            configs.put("retention.bytes", Integer.toString(random.nextInt(4_000)));
        }
        return new TopicPlan(name, 1 + random.nextInt(3), isSynced, !isKept && random.nextBoolean(), configs);
    }

    private static ProducerStyle producer(boolean isIdempotent, int acks, SeededRandom random) {
        return new ProducerStyle(
                isIdempotent,
                acks,
                1 + random.nextInt(12),
                random.nextInt(80),
                1 + random.nextInt(5),
                (1 + random.nextInt(2_000)) * MICRO_NS);
    }

    private static ConsumerStyle consumer(SeededRandom random) {
        return new ConsumerStyle(
                random.nextBoolean(),
                1 + random.nextInt(400),
                100 + random.nextInt(6_000),
                (1 + random.nextInt(30)) * MILLI_NS,
                1 + random.nextInt(6));
    }

    private static List<List<MemberStyle>> groups(SeededRandom random) {
        List<List<MemberStyle>> groups = new ArrayList<>();
        for (int group = random.nextInt(3); group > 0; group--) {
            List<MemberStyle> members = new ArrayList<>();
            for (int member = 1 + random.nextInt(4); member > 0; member--) {
                members.add(new MemberStyle(
                        random.chance(30) ? "instance-" + member : null,
                        50 + random.nextInt(400),
                        50 + random.nextInt(1_000),
                        (1 + random.nextInt(30)) * MILLI_NS,
                        random.nextInt(6)));
            }
            groups.add(List.copyOf(members));
        }
        return List.copyOf(groups);
    }

    private static Map<String, String> brokerConfig(SeededRandom random) {
        Map<String, String> config = new TreeMap<>();
        config.put("offsets.topic.num.partitions", Integer.toString(1 + random.nextInt(4)));
        config.put("group.initial.rebalance.delay.ms", Integer.toString(random.nextInt(2) * random.nextInt(100)));
        config.put("group.min.session.timeout.ms", "1");
        config.put("log.retention.check.interval.ms", Integer.toString(1 + random.nextInt(300)));
        config.put("log.flush.offset.checkpoint.interval.ms", Integer.toString(1 + random.nextInt(400)));
        return config;
    }
}
