package io.meridian.engine.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Now;
import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.TestBroker;
import io.meridian.log.PartitionLog;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.record.RecordBatchBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final String TOPIC = "orders";
    private static final Map<String, String> EVERY_SECOND = Map.of("log.retention.check.interval.ms", "1000");

    private final MemoryStorage storage = new MemoryStorage();
    private final TestBroker broker = TestBroker.start(storage, 1, EVERY_SECOND);

    @Test
    void recordsGoWhenTheyAreOlderThanTheTopicSays() {
        broker.createTopic(TOPIC, 1, Map.of("retention.ms", "10000"));
        produce(TOPIC, 3);

        broker.pass(9_000);
        assertThat(log(TOPIC).logStartOffset()).isZero();

        broker.pass(3_000);
        assertThat(log(TOPIC).logStartOffset()).isEqualTo(3);
        assertThat(logs(TOPIC)).containsExactly("orders-0/00000000000000000003.log");
        produce(TOPIC, 1);
        assertThat(log(TOPIC).highWatermark()).isEqualTo(4);
    }

    @Test
    void oldestSegmentsGoWhileTheLogIsTooLarge() {
        broker.createTopic(TOPIC, 1, Map.of("retention.bytes", "3000000", "segment.bytes", "1048576"));
        for (int index = 0; index < 6; index++) {
            broker.send(Batches.produce(-1, TOPIC, 0, Batches.plain("x".repeat(1_000_000))), 9);
        }

        broker.pass(2_000);

        assertThat(log(TOPIC).logStartOffset()).isEqualTo(3);
        assertThat(logs(TOPIC)).hasSize(3);
    }

    @Test
    void compactedTopicKeepsEverything() {
        broker.createTopic(TOPIC, 1, Map.of("cleanup.policy", "compact", "retention.ms", "1", "retention.bytes", "1"));
        broker.createTopic("both", 1, Map.of("cleanup.policy", "compact,delete", "retention.ms", "1"));
        keyed(TOPIC);
        keyed("both");

        broker.pass(5_000);

        assertThat(log(TOPIC).logStartOffset()).isZero();
        assertThat(log("both").logStartOffset()).isEqualTo(1);
    }

    @Test
    void topicWithoutLimitsKeepsEverything() {
        broker.createTopic(TOPIC, 1, Map.of("retention.ms", "-1"));
        produce(TOPIC, 3);

        broker.pass(3_600_000L * 24 * 30);

        assertThat(log(TOPIC).logStartOffset()).isZero();
    }

    @Test
    void startSurvivesAKillAfterTheFilesWentAndBefore() {
        broker.createTopic(TOPIC, 1, Map.of("retention.ms", "10000"));
        produce(TOPIC, 3);
        broker.pass(12_000);
        produce(TOPIC, 2);
        storage.kill();

        TestBroker restarted = TestBroker.start(storage, 1, EVERY_SECOND);

        assertThat(restarted.ready().offline()).isEmpty();
        PartitionLog log =
                restarted.node(0).partitions().all().iterator().next().log();
        assertThat(log).isNotNull();
        assertThat(log.logStartOffset()).isEqualTo(3);
        assertThat(log.logEndOffset()).isEqualTo(5);
    }

    @Test
    void idleNodeWakesOnlyToLookAtRetention() {
        TestBroker idle = TestBroker.start(new MemoryStorage(), 2, Map.of());
        idle.createTopic(TOPIC, 4, Map.of());
        idle.pass(180_000);

        for (int node = 0; node < 2; node++) {
            long waitNs = idle.node(node).nextDeadlineNs() - idle.now().monotonicNs();
            assertThat(waitNs).isGreaterThan(60_000 * Now.NANOS_PER_MILLI);
        }
    }

    private void produce(String topic, int count) {
        for (int index = 0; index < count; index++) {
            RecordBatchBuilder batch = new RecordBatchBuilder();
            batch.append(broker.now().wallMs(), null, "value".getBytes(StandardCharsets.UTF_8));
            broker.send(Batches.produce(-1, topic, 0, batch.build()), 9);
        }
    }

    private void keyed(String topic) {
        RecordBatchBuilder batch = new RecordBatchBuilder();
        byte[] text = "k".getBytes(StandardCharsets.UTF_8);
        batch.append(broker.now().wallMs(), text, text);
        broker.send(Batches.produce(-1, topic, 0, batch.build()), 9);
    }

    private PartitionLog log(String topic) {
        return broker.node(0).partitions().all().stream()
                .filter(replica -> replica.identity().topic().equals(topic))
                .map(replica -> replica.log())
                .findFirst()
                .orElseThrow();
    }

    private List<String> logs(String topic) {
        return storage.files().stream()
                .filter(path -> path.startsWith(topic) && path.endsWith(".log"))
                .toList();
    }
}
