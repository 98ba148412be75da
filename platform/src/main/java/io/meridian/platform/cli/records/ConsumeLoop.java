package io.meridian.platform.cli.records;

import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// Polls, prints, and stops in time.
final class ConsumeLoop {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LEAVE_LIMIT_MS = 3_000;

    private final RecordPrinter printer;
    private final Map<TopicPartition, Long> until;
    private final boolean commits;
    private final Duration patience;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private long left;

    /// @param until where to stop, by partition, exclusive; empty for never
    /// @param left records to print at most
    /// @param commits whether a group is to remember what was printed
    /// @param patience how long records that exist may take to come
    ConsumeLoop(RecordPrinter printer, Map<TopicPartition, Long> until, long left, boolean commits, Duration patience) {
        this.printer = printer;
        this.until = Map.copyOf(until);
        this.left = left;
        this.commits = commits;
        this.patience = patience;
    }

    /// Runs until every partition is where it ends, enough is printed, nobody reads the output any more, or a signal
    /// comes: then a member leaves its group properly.
    void run(Consumer<byte[], byte[]> consumer) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread onSignal = new Thread(() -> {
            stopping.set(true);
            consumer.wakeup();
            try {
                boolean _ = ended.await(LEAVE_LIMIT_MS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            poll(consumer);
        } catch (WakeupException e) {
            if (!stopping.get()) {
                throw e;
            }
        } finally {
            if (stopping.get()) {
                consumer.close();
            } else {
                Runtime.getRuntime().removeShutdownHook(onSignal);
            }
            ended.countDown();
        }
    }

    private void poll(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> open = new HashSet<>(until.keySet());
        closeReached(consumer, open);
        long heardNs = System.nanoTime();
        while (left > 0 && (until.isEmpty() || !open.isEmpty()) && !stopping.get()) {
            Map<TopicPartition, OffsetAndMetadata> printed = new HashMap<>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                heardNs = System.nanoTime();
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (left > 0 && record.offset() < until.getOrDefault(partition, Long.MAX_VALUE)) {
                    printer.print(record);
                    left--;
                    printed.put(partition, new OffsetAndMetadata(record.offset() + 1));
                }
            }
            if (!printer.flush()) {
                return;
            }
            if (commits && !printed.isEmpty()) {
                consumer.commitSync(printed);
            }
            closeReached(consumer, open);
            if (!until.isEmpty() && !waitsForFuture(consumer, open) && silent(heardNs)) {
                throw Refused.with(
                        ExitCode.NOT_REACHABLE,
                        "no records for " + patience.toSeconds() + " s, but " + open
                                + " should have more; --timeout SECONDS waits longer");
            }
        }
    }

    private boolean silent(long heardNs) {
        return System.nanoTime() - heardNs > patience.toNanos();
    }

    /// Whether only offsets are missing that nobody has written yet.
    private static boolean waitsForFuture(Consumer<byte[], byte[]> consumer, Set<TopicPartition> open) {
        return open.stream()
                .allMatch(partition -> consumer.currentLag(partition).orElse(1L) == 0L);
    }

    private void closeReached(Consumer<byte[], byte[]> consumer, Set<TopicPartition> open) {
        open.removeIf(partition -> {
            boolean reached = consumer.position(partition) >= until.getOrDefault(partition, Long.MAX_VALUE);
            if (reached) {
                consumer.pause(Set.of(partition));
            }
            return reached;
        });
    }
}
