package io.meridian.platform.soak.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommitCheckTest {
    private final Story story = new Story(GroupKind.EAGER);

    @Test
    void theLastAcknowledgedOffsetIsExpected() {
        story.member("a", 0).commits(1, 2, true, 0, 10).commits(3, 4, true, 0, 20);

        assertThat(stands(20)).isEqualTo(new Verdict(1, 0, ""));
    }

    @Test
    void anOlderOffsetThanAcknowledgedIsFound() {
        story.member("a", 0).commits(1, 2, true, 0, 10).commits(3, 4, true, 0, 20);

        Verdict verdict = stands(10);

        assertThat(verdict.violations()).isEqualTo(1);
        assertThat(verdict.firstProblem()).contains("stands at 10 although 20 was acknowledged before");
    }

    @Test
    void anAcknowledgedOffsetThatIsNotThereIsFound() {
        story.member("a", 0).commits(1, 2, true, 0, 10);

        assertThat(found(Map.of()).firstProblem()).contains("stands at nothing although 10");
    }

    @Test
    void anAttemptThatFailedMayHaveBeenStoredOrNot() {
        story.member("a", 0).commits(1, 2, true, 0, 10).commits(3, 4, false, 0, 20);

        assertThat(stands(10).clean()).isTrue();
        assertThat(stands(20).clean()).isTrue();
    }

    @Test
    void anAttemptThatFailedMayBeStoredAfterALaterOne() {
        story.member("a", 0).commits(1, 2, false, 0, 10).commits(3, 4, true, 0, 20);

        assertThat(stands(10).clean()).isTrue();
    }

    @Test
    void anOffsetThatNobodyCommittedIsFound() {
        story.member("a", 0).commits(1, 2, true, 0, 10);

        assertThat(stands(11).firstProblem()).contains("nobody had tried");
    }

    @Test
    void anOffsetOfAPartitionThatNobodyCommittedIsFound() {
        assertThat(stands(1).violations()).isEqualTo(1);
    }

    @Test
    void ofCommitsAtTheSameTimeEitherMayBeThere() {
        story.member("a", 0).commits(1, 5, true, 0, 10);
        story.member("b", 0).commits(2, 4, true, 0, 20);

        assertThat(stands(10).clean()).isTrue();
        assertThat(stands(20).clean()).isTrue();
    }

    @Test
    void aCommitDuringTheReadingMayShowOrNot() {
        story.member("a", 0).commits(1, 2, true, 0, 10).commits(101, 102, true, 0, 20);

        assertThat(stands(10).clean()).isTrue();
        assertThat(stands(20).clean()).isTrue();
    }

    @Test
    void aCommitAfterTheReadingCannotShow() {
        story.member("a", 0).commits(1, 2, true, 0, 10).commits(120, 121, true, 0, 20);

        assertThat(stands(20).violations()).isEqualTo(1);
    }

    @Test
    void commitsOfAnAdministratorCountAsWell() {
        story.administered(1, 2, true, 0, 10);
        story.administered(3, 4, true, 0, 20);

        assertThat(stands(10).violations()).isEqualTo(1);
    }

    private Verdict stands(long offset) {
        return found(Map.of(Story.partition(0), offset));
    }

    private Verdict found(Map<TopicPartition, Long> offsets) {
        return CommitCheck.check(story.history(), List.of(Story.reading(100, 110, offsets)));
    }
}
