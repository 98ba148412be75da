package io.meridian.platform.soak.groups;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// One consumer of the stock client from its joining to its end, on the caller's thread.
final class MemberLife {
    /// Of members of cooperative groups; also how soon each of them hears of a rebalance.
    static final int HEARTBEAT_MS = 2_000;

    private static final int EAGER_HEARTBEAT_MS = 500;

    static final int SESSION_MS = 10_000;

    /// The session of a member that will vanish: the least a broker allows by default, so that it is missed soon.
    static final int SHORT_SESSION_MS = 6_000;

    private static final int REBALANCE_MS = 60_000;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(2);
    private static final long COMMIT_INTERVAL_NS = 1_000_000_000L;

    private final String bootstrap;
    private final String groupId;
    private final GroupKind kind;
    private final String topic;
    private final @Nullable String instanceId;
    private final Ending ending;
    private final MemberLog log;
    private final Runnable onCommitted;
    private final Map<TopicPartition, Long> uncommitted = new HashMap<>();

    /// @param log gets everything; nobody else writes to it
    /// @param onCommitted is run after each acknowledged commit
    MemberLife(
            String bootstrap,
            String groupId,
            GroupKind kind,
            String topic,
            @Nullable String instanceId,
            Ending ending,
            MemberLog log,
            Runnable onCommitted) {
        this.bootstrap = bootstrap;
        this.groupId = groupId;
        this.kind = kind;
        this.topic = topic;
        this.instanceId = instanceId;
        this.ending = ending;
        this.log = log;
        this.onCommitted = onCommitted;
    }

    private Map<String, Object> configuration() {
        Map<String, Object> configuration = new TreeMap<>();
        configuration.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        configuration.put(ConsumerConfig.CLIENT_ID_CONFIG, log.name());
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        if (instanceId != null) {
            configuration.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
        }
        configuration.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, kind.assignor());
        configuration.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, ending == Ending.VANISHES ? SHORT_SESSION_MS : SESSION_MS);
        configuration.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, kind.isCooperative() ? HEARTBEAT_MS : EAGER_HEARTBEAT_MS);
        configuration.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, REBALANCE_MS);
        configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        configuration.put(ConsumerConfig.RECONNECT_BACKOFF_MS_CONFIG, 50L);
        configuration.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 250L);
        configuration.put(ConsumerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 250L);
        // With one node there is no other to start anew from. A client that does so forgets the topics for a moment,
        // and the leader of a group takes that for a reason to rebalance.
        configuration.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        configuration.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        configuration.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return configuration;
    }

    /// Joins, processes and commits until `isOver`, then ends as planned.
    ///
    /// @throws KafkaException if the client gives up: nothing it is put through here is a reason to
    void run(BooleanSupplier isOver) {
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(configuration(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.subscribe(List.of(topic), new Listener(consumer));
            long commitNs = System.nanoTime() + COMMIT_INTERVAL_NS;
            while (!isOver.getAsBoolean()) {
                process(consumer.poll(POLL));
                if (System.nanoTime() - commitNs >= 0) {
                    commit(consumer);
                    commitNs = System.nanoTime() + COMMIT_INTERVAL_NS;
                }
            }
            if (ending == Ending.LEAVES) {
                commit(consumer);
            }
        } finally {
            log.add(new MemberEvent.Closing(System.nanoTime()));
            consumer.close(CloseOptions.timeout(ending == Ending.LEAVES ? LEAVE_PATIENCE : Duration.ZERO)
                    .withGroupMembershipOperation(ending.operation()));
        }
    }

    private void process(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> batch = records.records(partition);
            long endOffset = batch.getLast().offset() + 1;
            log.add(new MemberEvent.Read(
                    System.nanoTime(), partition, batch.getFirst().offset(), endOffset, batch.size()));
            uncommitted.put(partition, endOffset);
        }
    }

    private void commit(Consumer<byte[], byte[]> consumer) {
        if (uncommitted.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> offsets = Map.copyOf(uncommitted);
        Map<TopicPartition, OffsetAndMetadata> request = new HashMap<>();
        offsets.forEach((partition, offset) -> request.put(partition, new OffsetAndMetadata(offset)));
        long startedNs = System.nanoTime();
        boolean isAcknowledged = false;
        try {
            consumer.commitSync(request, COMMIT_PATIENCE);
            isAcknowledged = true;
            uncommitted.clear();
            onCommitted.run();
        } catch (KafkaException _) {
            // A rebalance, or no node: the offsets are committed with the next ones, or by the next owner.
            isAcknowledged = false;
        }
        log.add(new MemberEvent.Committed(startedNs, System.nanoTime(), isAcknowledged, offsets));
    }

    private final class Listener implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> consumer;

        private Listener(Consumer<byte[], byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            log.add(new MemberEvent.Assigned(
                    System.nanoTime(), consumer.groupMetadata().generationId(), Set.copyOf(consumer.assignment())));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            log.add(new MemberEvent.Revoked(System.nanoTime(), Set.copyOf(partitions)));
            uncommitted.keySet().removeAll(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            log.add(new MemberEvent.Lost(System.nanoTime(), Set.copyOf(partitions)));
            uncommitted.keySet().removeAll(partitions);
        }
    }
}
