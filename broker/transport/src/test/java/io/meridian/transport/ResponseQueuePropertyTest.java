package io.meridian.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meridian.base.InvariantBroken;
import io.meridian.base.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseQueuePropertyTest {
    private static final int REQUESTS_MAX = 8;
    private static final int BYTES_MAX = 1_000;

    private record InWork(int number, ResponseQueue.Slot<Integer> slot, int frameBytes) {}

    @Test
    void responsesLeaveInTheOrderOfRequestsWhateverTheOrderOfAnswers() {
        for (long seed = 0; seed < 300; seed++) {
            SeededRandom random = new SeededRandom(seed);
            ResponseQueue<Integer> queue = new ResponseQueue<>(REQUESTS_MAX, BYTES_MAX);
            List<InWork> inWork = new ArrayList<>();
            List<Integer> expected = new ArrayList<>();
            List<Integer> left = new ArrayList<>();
            int arrived = 0;
            while (arrived < 100 || !inWork.isEmpty()) {
                int frameBytes = random.nextInt(1, 400);
                if (arrived < 100 && random.chance(60) && queue.admits(frameBytes)) {
                    boolean answered = random.chance(80);
                    int number = answered ? arrived : -1;
                    inWork.add(new InWork(number, queue.open(frameBytes, 0), frameBytes));
                    if (answered) {
                        expected.add(number);
                    }
                    arrived++;
                } else if (!inWork.isEmpty()) {
                    InWork finished = inWork.remove(random.nextInt(inWork.size()));
                    if (finished.number() < 0) {
                        queue.skip(finished.slot());
                    } else {
                        assertThat(queue.answer(finished.slot(), finished.number()))
                                .isTrue();
                    }
                }
                for (Integer next = queue.poll(); next != null; next = queue.poll()) {
                    left.add(next);
                }
                assertThat(queue.size()).isLessThanOrEqualTo(REQUESTS_MAX);
            }
            assertThat(left).as("seed %d", seed).isEqualTo(expected);
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    @Test
    void noMoreRequestsThanTheBoundAreAdmitted() {
        ResponseQueue<Integer> queue = new ResponseQueue<>(2, BYTES_MAX);
        ResponseQueue.Slot<Integer> first = queue.open(1, 0);
        queue.open(1, 0);
        assertThat(queue.admits(1)).isFalse();
        queue.skip(first);
        assertThat(queue.poll()).isNull();
        assertThat(queue.admits(1)).isTrue();
    }

    @Test
    void aRequestAboveTheBytesIsAdmittedAloneOnly() {
        ResponseQueue<Integer> queue = new ResponseQueue<>(REQUESTS_MAX, BYTES_MAX);
        assertThat(queue.admits(BYTES_MAX + 1)).isTrue();
        queue.open(1, 0);
        assertThat(queue.admits(BYTES_MAX)).isFalse();
        assertThat(queue.admits(BYTES_MAX - 1)).isTrue();
    }

    @Test
    void whatWasNotSentIsHandedBackAtTheEndAndLateAnswersStayWithTheirGiver() {
        ResponseQueue<Integer> queue = new ResponseQueue<>(REQUESTS_MAX, BYTES_MAX);
        ResponseQueue.Slot<Integer> first = queue.open(1, 0);
        ResponseQueue.Slot<Integer> second = queue.open(1, 0);
        queue.answer(second, 2);
        assertThat(queue.abandon()).containsExactly(2);
        assertThat(queue.answer(first, 1)).isFalse();
        assertThat(queue.poll()).isNull();
    }

    @Test
    void aRequestIsAnsweredOnce() {
        ResponseQueue<Integer> queue = new ResponseQueue<>(REQUESTS_MAX, BYTES_MAX);
        ResponseQueue.Slot<Integer> slot = queue.open(1, 0);
        queue.answer(slot, 1);
        assertThatThrownBy(() -> queue.answer(slot, 1)).isInstanceOf(InvariantBroken.class);
    }
}
