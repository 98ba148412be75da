package io.meridian.engine.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Now;
import io.meridian.engine.metadata.image.ConfigResource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [MetadataLog] must do. The test of an adapter extends it.
public abstract class MetadataLogContract {
    private static final Now NOW = new Now(1_000L, 1_000L);

    /// Opens the log that this test case has been using, a new one at first. It is not started.
    protected abstract MetadataLog open();

    /// Waits until the log has delivered everything it can.
    protected abstract void settle();

    /// Ends the process that has the log open, without closing it; what is not durable is lost.
    protected abstract void crash();

    @Test
    void emptyLogMakesItsOwnerActiveWithoutDeliveringAnything() {
        Recorder recorder = start();

        assertThat(recorder.events).containsExactly("active");
    }

    @Test
    void batchesComeBackInOrderWithTheOffsetsOfTheirLastRecords() {
        MetadataLog log = open();
        Recorder recorder = start(log);

        log.propose(recorder.term, -1, batch(3, "a"), NOW);
        log.propose(recorder.term, 2, batch(1, "b"), NOW);
        settle();

        assertThat(recorder.offsets).containsExactly(2L, 3L);
        assertThat(recorder.batches).containsExactly(batch(3, "a"), batch(1, "b"));
        assertThat(recorder.terms).containsOnly(recorder.term);
    }

    @Test
    void nothingIsDeliveredBeforeProposeReturns() {
        MetadataLog log = open();
        Recorder recorder = start(log);

        log.propose(recorder.term, -1, batch(1, "a"), NOW);

        assertThat(recorder.batches).isEmpty();
        settle();
        assertThat(recorder.batches).hasSize(1);
    }

    @Test
    void batchWithAnotherBaseIsDroppedAndWithItWhatWasDecidedOnTop() {
        MetadataLog log = open();
        Recorder recorder = start(log);

        log.propose(recorder.term, 5, batch(1, "lost"), NOW);
        log.propose(recorder.term, 6, batch(1, "lost too"), NOW);
        log.propose(recorder.term, -1, batch(1, "kept"), NOW);
        settle();

        assertThat(recorder.batches).containsExactly(batch(1, "kept"));
        assertThat(recorder.dropped).containsExactly(5L, 6L);
        assertThat(recorder.offsets).containsExactly(0L);
    }

    @Test
    void secondBatchOnOneBaseIsDropped() {
        MetadataLog log = open();
        Recorder recorder = start(log);

        log.propose(recorder.term, -1, batch(2, "first"), NOW);
        log.propose(recorder.term, -1, batch(2, "second"), NOW);
        settle();

        assertThat(recorder.batches).containsExactly(batch(2, "first"));
        assertThat(recorder.dropped).containsExactly(-1L);
    }

    @Test
    void batchOfATermThatIsOverIsDropped() {
        MetadataLog log = open();
        Recorder recorder = start(log);

        log.propose(recorder.term - 1, -1, batch(1, "old"), NOW);
        settle();

        assertThat(recorder.batches).isEmpty();
        assertThat(recorder.dropped).containsExactly(-1L);
    }

    @Test
    void deliveredBatchesSurviveACrashAndComeBeforeANewTerm() {
        MetadataLog log = open();
        Recorder before = start(log);
        log.propose(before.term, -1, batch(2, "a"), NOW);
        log.propose(before.term, 1, batch(3, "b"), NOW);
        settle();
        crash();

        Recorder after = start();

        assertThat(after.batches).isEqualTo(before.batches);
        assertThat(after.offsets).isEqualTo(before.offsets);
        assertThat(after.terms).isEqualTo(before.terms);
        assertThat(after.term).isGreaterThan(before.term);
        assertThat(after.events).last().isEqualTo("active");
    }

    @Test
    void batchIsKeptWholeOrNotAtAllWhenTheProcessEndsAtOnce() {
        MetadataLog log = open();
        Recorder before = start(log);
        log.propose(before.term, -1, batch(50, "a"), NOW);
        crash();

        Recorder after = start();

        assertThat(after.batches).isIn(List.of(), List.of(batch(50, "a")));
    }

    @Test
    void logGoesOnAfterAReopening() {
        MetadataLog first = open();
        Recorder before = start(first);
        first.propose(before.term, -1, batch(2, "a"), NOW);
        settle();
        first.close();

        MetadataLog second = open();
        Recorder after = start(second);
        second.propose(after.term, 1, batch(1, "b"), NOW);
        settle();

        assertThat(after.offsets).containsExactly(1L, 2L);
    }

    @Test
    void nothingIsDeliveredAfterClosing() {
        MetadataLog log = open();
        Recorder recorder = start(log);
        log.propose(recorder.term, -1, batch(1, "a"), NOW);
        log.close();
        settle();

        assertThat(recorder.batches).isEmpty();
    }

    @Test
    void snapshotStandsForWhatItCovers() {
        MetadataLog log = open();
        Recorder before = start(log);
        log.propose(before.term, -1, batch(4, "a"), NOW);
        settle();
        log.snapshotTaken(new MetadataLog.Snapshot(3, before.term, batch(1, "all of a")));
        log.propose(before.term, 3, batch(1, "b"), NOW);
        settle();
        crash();

        Recorder after = start();

        List<MetadataRecord> seen = new ArrayList<>();
        if (after.snapshot != null) {
            assertThat(after.snapshot).isEqualTo(new MetadataLog.Snapshot(3, before.term, batch(1, "all of a")));
            seen.addAll(batch(4, "a"));
        }
        after.batches.forEach(seen::addAll);
        List<MetadataRecord> expected = new ArrayList<>(batch(4, "a"));
        expected.addAll(batch(1, "b"));
        assertThat(seen).isEqualTo(expected);
        assertThat(after.offsets).last().isEqualTo(4L);
    }

    private Recorder start() {
        return start(open());
    }

    private Recorder start(MetadataLog log) {
        Recorder recorder = new Recorder();
        log.start(recorder);
        settle();
        return recorder;
    }

    private static List<MetadataRecord> batch(int size, String name) {
        return IntStream.range(0, size)
                .<MetadataRecord>mapToObj(
                        i -> new MetadataRecord.Config(ConfigResource.ALL_BROKERS, name + " " + i, "value"))
                .toList();
    }

    /// Writes down what a log delivers, and refuses what no log may do.
    private static final class Recorder implements MetadataLog.Listener {
        final List<String> events = new ArrayList<>();
        final List<Long> offsets = new ArrayList<>();
        final List<Integer> terms = new ArrayList<>();
        final List<List<MetadataRecord>> batches = new ArrayList<>();
        final List<Long> dropped = new ArrayList<>();
        MetadataLog.@Nullable Snapshot snapshot;
        int term = -1;
        private long lastOffset = -1;

        @Override
        public void snapshotLoaded(MetadataLog.Snapshot loaded) {
            events.add("snapshot");
            snapshot = loaded;
            lastOffset = loaded.lastOffset();
        }

        @Override
        public void committed(long newLastOffset, int batchTerm, List<MetadataRecord> batch) {
            assertThat(batch).isNotEmpty();
            assertThat(newLastOffset).isEqualTo(lastOffset + batch.size());
            if (!terms.isEmpty()) {
                assertThat(batchTerm).isGreaterThanOrEqualTo(terms.getLast());
            }
            lastOffset = newLastOffset;
            events.add("committed");
            offsets.add(newLastOffset);
            terms.add(batchTerm);
            batches.add(List.copyOf(batch));
        }

        @Override
        public void active(int newTerm) {
            assertThat(newTerm).isGreaterThan(term);
            term = newTerm;
            events.add("active");
        }

        @Override
        public void inactive() {
            events.add("inactive");
        }

        @Override
        public void dropped(int droppedTerm, long baseOffset) {
            events.add("dropped");
            dropped.add(baseOffset);
        }

        @Override
        public void snapshotDue(long bytesSinceSnapshot) {
            assertThat(bytesSinceSnapshot).isPositive();
            events.add("snapshotDue");
        }

        @Override
        public void failed(String reason) {
            events.add("failed " + reason);
        }
    }
}
