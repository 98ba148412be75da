package io.meridian.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Now;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.message.HeartbeatResponse;
import io.meridian.protocol.wire.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A runtime with a log made of a list and a shard that counts.
final class ShardRuntimeTest {
    private static final Now NOW = new Now(0L, 0L);

    private enum Question {
        /// Stores a record and is answered.
        STORE,
        /// Is answered.
        LOOK,
        /// Is kept until the shard ends.
        WAIT
    }

    private static final class ListLog implements CoordinatorLog {
        final List<CoordinatorRecord> records = new ArrayList<>();
        long highWatermark;
        boolean isBroken;
        boolean isFull;

        @Nullable
        Reader reader;

        @Override
        public void read(Reader newReader) {
            reader = newReader;
        }

        void deliver() {
            Reader waiting = reader;
            if (waiting != null) {
                waiting.records(List.copyOf(records));
                waiting.end(NOW);
            }
        }

        @Override
        public boolean hasRoom() {
            return !isFull;
        }

        @Override
        public boolean append(List<CoordinatorRecord> appended, Now now) {
            if (isBroken) {
                return false;
            }
            return records.addAll(appended);
        }

        @Override
        public long logEndOffset() {
            return records.size();
        }

        @Override
        public long highWatermark() {
            return highWatermark;
        }
    }

    private static final class CountingShard implements CoordinatorShard<Question> {
        private final List<Asker> waiting = new ArrayList<>();
        private int count;

        @Override
        public void replay(CoordinatorRecord record) {
            count++;
        }

        @Override
        public Decision loaded(Now now) {
            return new Decision(List.of(), List.of());
        }

        @Override
        public boolean stores(Question question) {
            return question == Question.STORE;
        }

        @Override
        public Decision handle(Question question, Asker asker, Now now) {
            if (question == Question.WAIT) {
                waiting.add(asker);
                return new Decision(List.of(), List.of());
            }
            count += question == Question.STORE ? 1 : 0;
            CoordinatorRecord record = new CoordinatorRecord(ByteBuffer.allocate(1), null);
            return new Decision(
                    question == Question.STORE ? List.of(record) : List.of(),
                    List.of(new Answer(asker, HeartbeatResponse.DEFAULT.withThrottleTimeMs(count))));
        }

        @Override
        public Decision tick(Now now) {
            return new Decision(List.of(), List.of());
        }

        @Override
        public long nextDeadlineNs() {
            return Long.MAX_VALUE;
        }

        @Override
        public List<Asker> waiting() {
            return List.copyOf(waiting);
        }
    }

    private final ListLog log = new ListLog();
    private final Map<Long, Outcome<Message>> answers = new LinkedHashMap<>();
    private final ShardRuntime<Question> runtime =
            new ShardRuntime<>(log, CountingShard::new, (asker, outcome) -> answers.put(asker.questionId(), outcome));
    private long nextQuestion;

    private long ask(Question question) {
        runtime.ask(question, new Asker(0, nextQuestion), NOW);
        return nextQuestion++;
    }

    private void load() {
        runtime.start(Question.LOOK);
        log.deliver();
    }

    private void replicate() {
        log.highWatermark = log.logEndOffset();
        runtime.advanced();
    }

    private ErrorCode refusalOf(long question) {
        return answers.get(question) instanceof Outcome.Rejected<Message>(ErrorCode error, var _)
                ? error
                : ErrorCode.NONE;
    }

    private static Outcome<Message> count(int count) {
        return Outcome.accepted(HeartbeatResponse.DEFAULT.withThrottleTimeMs(count));
    }

    @Test
    void nothingIsAnsweredBeforeEverythingIsLoaded() {
        runtime.start(Question.LOOK);

        assertThat(refusalOf(ask(Question.LOOK))).isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

        log.deliver();
        long asked = ask(Question.LOOK);
        assertThat(answers).containsEntry(asked, count(0));
    }

    @Test
    void answersWaitForWhatTheyKnowAndKeepTheirOrder() {
        load();
        long stored = ask(Question.STORE);
        long looked = ask(Question.LOOK);
        assertThat(answers).doesNotContainKeys(stored, looked);

        replicate();

        assertThat(answers).containsEntry(stored, count(1)).containsEntry(looked, count(1));
        assertThat(List.copyOf(answers.keySet())).containsSubsequence(stored, looked);
    }

    @Test
    void aLogThatTakesNothingMakesTheShardForgetWhatItDecided() {
        load();
        ask(Question.STORE);
        replicate();
        long waiting = ask(Question.WAIT);
        long parked = ask(Question.STORE);
        log.isBroken = true;

        long refused = ask(Question.STORE);

        assertThat(refusalOf(refused)).isEqualTo(ErrorCode.NOT_COORDINATOR);
        assertThat(refusalOf(parked)).isEqualTo(ErrorCode.NOT_COORDINATOR);
        assertThat(refusalOf(waiting)).isEqualTo(ErrorCode.NOT_COORDINATOR);
        assertThat(runtime.isLoading()).isTrue();
        log.isBroken = false;
        log.deliver();
        replicate();
        long looked = ask(Question.LOOK);
        assertThat(answers).containsEntry(looked, count(2));
    }

    @Test
    void withoutRoomOnlyWhatWouldBeStoredIsRefused() {
        load();
        log.isFull = true;

        assertThat(refusalOf(ask(Question.STORE))).isEqualTo(ErrorCode.COORDINATOR_NOT_AVAILABLE);
        assertThat(refusalOf(ask(Question.LOOK))).isEqualTo(ErrorCode.NONE);
        log.isFull = false;
        long stored = ask(Question.STORE);
        replicate();
        assertThat(answers).containsEntry(stored, count(1));
    }

    @Test
    void theEndAnswersEverybody() {
        load();
        long waiting = ask(Question.WAIT);
        long parked = ask(Question.STORE);

        runtime.end(ErrorCode.NOT_COORDINATOR);

        assertThat(refusalOf(waiting)).isEqualTo(ErrorCode.NOT_COORDINATOR);
        assertThat(refusalOf(parked)).isEqualTo(ErrorCode.NOT_COORDINATOR);
        assertThat(refusalOf(ask(Question.LOOK))).isEqualTo(ErrorCode.NOT_COORDINATOR);
    }

    @Test
    void recordsThatCannotBeReadLeaveTheCoordinatorOutOfService() {
        runtime.start(Question.LOOK);
        runtime.failed("damaged");

        assertThat(runtime.failure()).isEqualTo("damaged");
        assertThat(refusalOf(ask(Question.LOOK))).isEqualTo(ErrorCode.NOT_COORDINATOR);
    }
}
