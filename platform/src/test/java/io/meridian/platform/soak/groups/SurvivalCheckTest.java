package io.meridian.platform.soak.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SurvivalCheckTest {
    private final Story story = new Story(GroupKind.EAGER_STATIC);

    SurvivalCheckTest() {
        story.outage(1_000, 2_000);
        story.outage(5_000, 6_000);
    }

    @Test
    void membersThatGoOnInTheirGenerationAreClean() {
        story.member("a", 0)
                .assigned(10, 4, 0)
                .commits(7_000, 7_001, true, 0, 1)
                .closes(9_000)
                .revoked(9_000, 0);
        story.member("b", 0)
                .assigned(10, 4, 1)
                .commits(7_000, 7_001, true, 1, 1)
                .closes(9_000)
                .lost(9_000, 1);

        assertThat(check()).isEqualTo(new Verdict(4, 0, ""));
    }

    @Test
    void aNewGenerationAfterAKillIsFound() {
        story.member("a", 0)
                .assigned(10, 4, 0)
                .assigned(3_000, 5, 0)
                .commits(7_000, 7_001, true, 0, 1)
                .closes(9_000);

        assertThat(check().firstProblem()).contains("did not keep its generation through a kill");
    }

    @Test
    void whatHappensWhenTheFirstMemberHasGoneIsItsDoing() {
        story.member("a", 0)
                .assigned(10, 4, 0)
                .commits(7_000, 7_001, true, 0, 1)
                .closes(9_000);
        story.member("b", 0)
                .assigned(10, 4, 1)
                .commits(7_000, 7_001, true, 1, 1)
                .revoked(9_100, 1)
                .closes(9_200);

        assertThat(check().clean()).isTrue();
    }

    @Test
    void aMemberThatCannotCommitAfterAKillIsFound() {
        story.member("a", 0)
                .assigned(10, 4, 0)
                .commits(3_000, 3_001, true, 0, 1)
                .commits(7_000, 7_001, false, 0, 2);

        Verdict verdict = check();

        assertThat(verdict.violations()).isEqualTo(1);
        assertThat(verdict.firstProblem()).contains("committed nothing more after a kill");
    }

    @Test
    void membersOfDifferentGenerationsBeforeTheFirstKillAreFound() {
        story.member("a", 0)
                .assigned(10, 4, 0)
                .commits(7_000, 7_001, true, 0, 1)
                .closes(9_000);
        story.member("b", 0)
                .assigned(10, 5, 1)
                .commits(7_000, 7_001, true, 1, 1)
                .closes(9_000);

        assertThat(check().firstProblem()).contains("a was not in generation 5");
    }

    private Verdict check() {
        return SurvivalCheck.check(List.of(story.history()), story.outages());
    }
}
