package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.SharedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class JavaConsumerCompatIT {
    private final Broker broker;

    JavaConsumerCompatIT(Broker broker) {
        this.broker = broker;
    }

    @Test
    void aReaderStartsAnywhere() throws Exception {
        String topic = written("anywhere", 1_000);
        TopicPartition partition = new TopicPartition(topic, 0);

        try (Consumer<String, String> consumer = Clients.consumer(broker)) {
            consumer.assign(List.of(partition));
            for (int offset : new int[] {0, 1, 499, 999}) {
                consumer.seek(partition, offset);
                assertThat(Clients.read(consumer, 1).get(0).value()).isEqualTo("v" + offset);
            }
            assertThat(consumer.beginningOffsets(List.of(partition))).containsEntry(partition, 0L);
            assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 1_000L);
        }
    }

    @Test
    void aReaderAtTheEndIsWokenByTheNextRecord() throws Exception {
        String topic = written("woken", 1);
        TopicPartition partition = new TopicPartition(topic, 0);

        try (Consumer<String, String> consumer = Clients.consumer(broker, "fetch.max.wait.ms", 15_000)) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            assertThat(consumer.poll(Duration.ofMillis(300)).count()).isZero();
            long startNs = System.nanoTime();
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> produce(topic, List.of("next")));

            assertThat(Clients.values(Clients.read(consumer, 1))).containsExactly("next");

            assertThat(System.nanoTime() - startNs).as("woken, not timed out").isLessThan(TimeUnit.SECONDS.toNanos(10));
            written.get(20, TimeUnit.SECONDS);
            consumer.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    @Test
    void anOffsetBeyondTheEndIsOutOfRange() throws Exception {
        String topic = written("range", 3);
        TopicPartition partition = new TopicPartition(topic, 0);

        try (Consumer<String, String> consumer = Clients.consumer(broker, "auto.offset.reset", "none")) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 100);

            assertThatThrownBy(() -> Clients.read(consumer, 1)).isInstanceOf(OffsetOutOfRangeException.class);
        }
    }

    @Test
    void smallFetchesStillBringEveryRecord() throws Exception {
        String topic = written("small", 2_000);

        try (Consumer<String, String> consumer = Clients.consumer(
                broker, "fetch.max.bytes", 100, "max.partition.fetch.bytes", 100, "max.poll.records", 7)) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());

            assertThat(Clients.values(Clients.read(consumer, 2_000))).isEqualTo(numbered(2_000));
        }
    }

    @Test
    void aSessionOverManyPartitionsSeesRecordsOfEachWheneverTheyCome() throws Exception {
        int partitions = 30;
        String topic = Clients.createTopic(broker, "session", partitions);
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();

        try (Consumer<String, String> consumer = Clients.consumer(broker)) {
            consumer.assign(all);
            consumer.seekToBeginning(all);
            for (int round = 0; round < 20; round++) {
                int partition = round * 7 % partitions;
                List<String> values = List.of("round " + round, "again " + round);
                Clients.produce(broker, topic, partition, values);
                expected.addAll(values);
                found.addAll(Clients.values(Clients.read(consumer, 2)));
            }
            consumer.pause(all.subList(0, 10));
            Clients.produce(broker, topic, 20, List.of("while others pause"));
            expected.add("while others pause");
            found.addAll(Clients.values(Clients.read(consumer, 1)));
        }

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void manyReadersGetTheSameRecords() throws Exception {
        String topic = written("shared", 500);

        List<CompletableFuture<List<String>>> readers = IntStream.range(0, 4)
                .mapToObj(_ -> CompletableFuture.supplyAsync(() -> Clients.values(Clients.readAll(broker, topic, 0))))
                .toList();

        for (CompletableFuture<List<String>> reader : readers) {
            assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(numbered(500));
        }
    }

    @Test
    void offsetsAreFoundByTime() throws Exception {
        String topic = written("time", 10);
        TopicPartition partition = new TopicPartition(topic, 0);
        ConsumerRecord<String, String> last = Clients.readAll(broker, topic, 0).get(9);

        try (Consumer<String, String> consumer = Clients.consumer(broker)) {
            assertThat(Clients.only(consumer.offsetsForTimes(Map.of(partition, 0L)))
                            .offset())
                    .isZero();
            assertThat(consumer.offsetsForTimes(Map.of(partition, last.timestamp() + 1_000)))
                    .containsEntry(partition, null);
        }
    }

    @Test
    void readCommittedReadsWhatWasWrittenWithoutTransactions() throws Exception {
        String topic = written("committed", 20);

        try (Consumer<String, String> consumer = Clients.consumer(broker, "isolation.level", "read_committed")) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());

            assertThat(Clients.values(Clients.read(consumer, 20))).isEqualTo(numbered(20));
        }
    }

    private String written(String prefix, int count) throws Exception {
        String topic = Clients.createTopic(broker, prefix, 1);
        Clients.produce(broker, topic, 0, numbered(count));
        return topic;
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
    }

    private void produce(String topic, List<String> values) {
        try {
            Clients.produce(broker, topic, 0, values);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
