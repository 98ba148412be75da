package io.meridian.platform.soak;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Compares one topic's records, in the order in which they are read, with what was promised.
final class TopicCheck {
    /// The state of one stream while it is read.
    private static final class Seen {
        private final BitSet sequences = new BitSet();
        private int last = -1;
        private long offsetSum;
    }

    private final String topic;
    private final Map<Stream, Tally.Promise> promises;
    private final Map<Stream, Seen> seen = new TreeMap<>((a, b) -> a.producer() != b.producer()
            ? Integer.compare(a.producer(), b.producer())
            : Integer.compare(a.partition(), b.partition()));
    private long read;
    private long duplicated;
    private long reordered;
    private long damaged;
    private String firstProblem = "";

    /// @param promises of every topic, as they stood before the ends of the partitions were asked for
    TopicCheck(String topic, Map<Stream, Tally.Promise> promises) {
        this.topic = topic;
        this.promises = promises;
    }

    /// Takes one record.
    ///
    /// @param expectedOffset the offset after the record before it in its partition
    void found(ConsumerRecord<byte[], byte[]> found, long expectedOffset) {
        read++;
        if (found.offset() != expectedOffset) {
            damaged++;
            problem("offset " + found.offset() + " where " + expectedOffset + " was next, " + where(found));
        }
        SoakRecord record = SoakRecord.decode(found.value()).orElse(null);
        if (record == null || record.partition() != found.partition()) {
            damaged++;
            problem("damaged or strange record at " + where(found));
            return;
        }
        Seen stream = seen.computeIfAbsent(new Stream(record.producer(), topic, record.partition()), _ -> new Seen());
        if (stream.sequences.get(record.sequence())) {
            duplicated++;
            problem("duplicate " + record + " at " + where(found));
            return;
        }
        if (record.sequence() < stream.last) {
            reordered++;
            problem(record + " after " + stream.last + " at " + where(found));
        }
        stream.sequences.set(record.sequence());
        stream.last = Math.max(stream.last, record.sequence());
        stream.offsetSum += Tally.mix(record.sequence(), found.offset());
    }

    /// What was found, once every partition has been read to its end.
    Findings conclude() {
        long acknowledged = 0;
        long lost = 0;
        long misreported = 0;
        for (Map.Entry<Stream, Tally.Promise> entry : promises.entrySet()) {
            Stream stream = entry.getKey();
            if (!stream.topic().equals(topic)) {
                continue;
            }
            Tally.Promise promise = entry.getValue();
            Seen found = seen.getOrDefault(stream, new Seen());
            BitSet missing = (BitSet) promise.acknowledged().clone();
            missing.andNot(found.sequences);
            acknowledged += promise.acknowledged().cardinality();
            lost += missing.cardinality();
            if (!missing.isEmpty()) {
                problem(stream + " misses " + missing.cardinality() + " from record " + missing.nextSetBit(0));
            }
            if (promise.offsetsKnown()
                    && promise.acknowledged().equals(found.sequences)
                    && promise.offsetSum() != found.offsetSum) {
                misreported++;
                problem(stream + " has records at other offsets than were acknowledged");
            }
        }
        return new Findings(topic, acknowledged, read, lost, duplicated, reordered, damaged, misreported, firstProblem);
    }

    private void problem(String text) {
        if (firstProblem.isEmpty()) {
            firstProblem = text;
        }
    }

    private static String where(ConsumerRecord<byte[], byte[]> record) {
        return record.topic() + "-" + record.partition() + " offset " + record.offset();
    }
}
