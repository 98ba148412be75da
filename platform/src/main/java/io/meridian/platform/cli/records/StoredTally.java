package io.meridian.platform.cli.records;

import io.meridian.platform.cli.output.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Counts by partition what was stored. Called back by the producer's thread, asked by the command's.
final class StoredTally implements Callback {
    /// Stands for the partition that only a broker's answer would tell.
    private static final int NO_PARTITION = -1;

    private final Map<Integer, Range> byPartition = new TreeMap<>();
    private @Nullable Exception failure;

    /// Ends the reading of input, because storing has failed.
    static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super(null, null, false, false);
        }
    }

    /// @param firstOffset -1 when unknown
    private record Range(long records, long firstOffset, long lastOffset) {
        Range plus(long offset) {
            boolean first = records == 0;
            return new Range(
                    records + 1,
                    first ? offset : Math.min(firstOffset, offset),
                    first ? offset : Math.max(lastOffset, offset));
        }
    }

    @Override
    public synchronized void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null) {
            failed(exception);
        } else if (metadata != null) {
            add(metadata.partition(), metadata.hasOffset() ? metadata.offset() : -1);
        }
    }

    /// One record that is not going to be sent.
    synchronized void parsed(@Nullable Integer partition) {
        add(partition == null ? NO_PARTITION : partition, -1);
    }

    private void add(int partition, long offset) {
        byPartition.merge(partition, new Range(0, -1, -1).plus(offset), (all, _) -> all.plus(offset));
    }

    /// The first failure is kept.
    synchronized void failed(Exception exception) {
        if (failure == null) {
            failure = exception;
        }
    }

    synchronized @Nullable Exception failure() {
        return failure;
    }

    synchronized void failIfAnyFailed() {
        if (failure != null) {
            throw new Stop();
        }
    }

    /// A row for each partition.
    synchronized List<Fields> rows(String topic, String result) {
        List<Fields> rows = new ArrayList<>();
        byPartition.forEach((partition, range) -> rows.add(Fields.of("topic", topic)
                .with("partition", known(partition))
                .with("records", range.records())
                .with("firstOffset", known(range.firstOffset()))
                .with("lastOffset", known(range.lastOffset()))
                .with("result", result)));
        return rows;
    }

    private static Optional<Long> known(long number) {
        return number < 0 ? Optional.empty() : Optional.of(number);
    }
}
