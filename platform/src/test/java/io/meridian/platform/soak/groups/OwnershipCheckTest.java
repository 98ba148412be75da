package io.meridian.platform.soak.groups;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnershipCheckTest {
    private final Story story = new Story(GroupKind.EAGER);

    @Test
    void partitionsThatMoveFromGenerationToGenerationAreClean() {
        story.member("a", 0).assigned(1, 1, 0, 1).revoked(5, 0, 1).assigned(6, 2, 0);
        story.member("b", 4).assigned(6, 2, 1);

        Verdict verdict = OwnershipCheck.check(story.history());

        assertThat(verdict).isEqualTo(new Verdict(4, 0, ""));
    }

    @Test
    void aPartitionOfTwoMembersInOneGenerationIsFound() {
        story.member("a", 0).assigned(1, 7, 0, 1);
        story.member("b", 0).assigned(9, 7, 1);

        Verdict verdict = OwnershipCheck.check(story.history());

        assertThat(verdict.violations()).isEqualTo(1);
        assertThat(verdict.firstProblem()).contains("t-1").contains("generation 7");
    }

    @Test
    void aStaticMemberThatCameBackMayFindItsPartitionsInTheSameGeneration() {
        story.staticMember("a-0", "a", 0).assigned(1, 1, 0).closes(5);
        story.staticMember("a-1", "a", 6).assigned(7, 1, 0);

        assertThat(OwnershipCheck.check(story.history()).clean()).isTrue();
    }

    @Test
    void aStaticMemberWhoseEarlierLifeGoesOnIsTwoOwners() {
        story.staticMember("a-0", "a", 0).assigned(1, 1, 0).closes(9);
        story.staticMember("a-1", "a", 6).assigned(7, 1, 0);

        assertThat(OwnershipCheck.check(story.history()).violations()).isEqualTo(1);
    }

    @Test
    void aDynamicMemberThatFindsThePartitionsOfAnotherInTheSameGenerationIsASecondOwner() {
        story.member("a-0", 0).assigned(1, 1, 0).closes(5);
        story.member("a-1", 6).assigned(7, 1, 0);

        assertThat(OwnershipCheck.check(story.history()).violations()).isEqualTo(1);
    }

    @Test
    void generationsThatGoBackAreFound() {
        story.member("a", 0).assigned(1, 3).assigned(2, 2);

        assertThat(OwnershipCheck.check(story.history()).violations()).isEqualTo(1);
    }

    @Test
    void processingWhatWasGivenUpIsFound() {
        story.member("a", 0).assigned(1, 1, 0).revoked(2, 0).reads(0, 3, 0, 1);

        assertThat(OwnershipCheck.check(story.history()).violations()).isEqualTo(1);
    }
}
