package io.meridian.platform.soak.groups;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContinuityCheckTest {
    private static final long END_MS = 20_000;
    private final Story story = new Story(GroupKind.COOPERATIVE);

    ContinuityCheckTest() {
        story.records(END_MS, 0, 1);
    }

    @Test
    void aMemberThatGoesOnWhileAnotherComesIsClean() {
        Story.Member a = story.member("a", 0).assigned(1, 1, 0, 1);
        a.readsAll(0, 0, 8_000).revoked(8_000, 1).assigned(8_000, 2, 0);
        a.readsAll(0, 8_000, 9_000).assigned(9_000, 3, 0);
        a.readsAll(0, 9_000, END_MS).closes(END_MS).revoked(END_MS, 0);
        story.member("b", 7_000).assigned(8_000, 2).assigned(9_000, 3, 1).closes(10_000);

        ContinuityCheck.Result result = story.continuity();

        assertThat(result.kept().clean()).as(result.kept().firstProblem()).isTrue();
        assertThat(result.kept().checked()).isEqualTo(3);
        assertThat(result.rebalancing().count()).isPositive();
        assertThat(result.settled().count()).isPositive();
    }

    @Test
    void aMemberThatPausesDuringARebalanceIsFound() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .readsAll(0, 0, 8_000)
                .assigned(11_000, 2, 0)
                .reads(0, 11_000, 32, 44)
                .readsAll(0, 11_000, END_MS)
                .closes(END_MS);

        ContinuityCheck.Result result = story.continuity();

        // Records of 8.00, 8.25, 8.50, 8.75 s waited longer than 2 s until 11 s; that of 9.00 s did not.
        assertThat(result.read().violations()).isEqualTo(4);
        assertThat(result.read().firstProblem()).contains("offset 32 only after 3000 ms");
    }

    @Test
    void whatThisProcessItselfSleptIsNoPause() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .readsAll(0, 0, 8_000)
                .reads(0, 11_000, 32, 44)
                .readsAll(0, 11_000, END_MS)
                .closes(END_MS);
        Stalls stalls = new Stalls();
        stalls.add(8_500_000_000L, 10_900_000_000L);

        assertThat(story.continuity(stalls).read().clean()).isTrue();
    }

    @Test
    void whatAKillHeldUpIsNoPause() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .readsAll(0, 0, 8_000)
                .reads(0, 11_000, 32, 44)
                .readsAll(0, 11_000, END_MS)
                .closes(END_MS);
        story.outage(8_200, 10_000);

        assertThat(story.continuity().read().clean()).isTrue();
    }

    @Test
    void aRebalanceThatAKillFoundUnderWayMayHoldUpReadingToItsEnd() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .readsAll(0, 0, 6_000)
                .assigned(15_000, 2, 0)
                .reads(0, 15_000, 24, 60)
                .readsAll(0, 15_000, END_MS)
                .closes(END_MS);
        story.outage(6_000, 7_000);

        assertThat(story.continuity().read().clean()).isTrue();
    }

    @Test
    void soMayTheRebalanceThatFollowsAtOnceBecauseAPartitionWasGivenUp() {
        story.member("a", 0)
                .assigned(1, 1, 0, 1)
                .readsAll(0, 0, 6_000)
                .readsAll(1, 0, 6_000)
                .revoked(11_000, 1)
                .assigned(11_000, 2, 0)
                .assigned(15_000, 3, 0)
                .reads(0, 15_000, 24, 60)
                .readsAll(0, 15_000, END_MS)
                .closes(END_MS);
        story.outage(6_000, 7_000);

        assertThat(story.continuity().read().clean()).isTrue();
    }

    @Test
    void aMemberThatReadsAgainAfterAKillMayNotPauseThen() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .readsAll(0, 0, 6_000)
                .reads(0, 7_500, 24, 31)
                .assigned(15_000, 2, 0)
                .reads(0, 15_000, 31, 60)
                .readsAll(0, 15_000, END_MS)
                .closes(END_MS);
        story.outage(6_000, 7_000);

        assertThat(story.continuity().read().violations()).isPositive();
    }

    @Test
    void aMemberThatNeverReadsAgainAfterAKillIsFound() {
        Story longer = new Story(GroupKind.COOPERATIVE);
        longer.records(2 * END_MS, 0);
        longer.member("a", 0).assigned(1, 1, 0).readsAll(0, 0, 6_000).closes(2 * END_MS);
        longer.outage(6_000, 7_000);

        assertThat(longer.continuity().read().violations()).isEqualTo(1);
    }

    @Test
    void aMemberThatNeverReadsAgainIsFound() {
        story.member("a", 0).assigned(1, 1, 0).readsAll(0, 0, 8_000).closes(END_MS);

        assertThat(story.continuity().read().firstProblem()).contains("never processed offset 32");
    }

    @Test
    void aMemberThatNeverReadsAtAllIsFound() {
        story.member("a", 0).assigned(1, 1, 0).closes(END_MS);

        assertThat(story.continuity().read().violations()).isEqualTo(1);
    }

    @Test
    void aSkippedRecordIsFound() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .readsAll(0, 0, 8_000)
                .readsAll(0, 8_250, END_MS)
                .closes(END_MS);

        assertThat(story.continuity().read().firstProblem()).contains("from offset 32 of t-0 to 33");
    }

    @Test
    void aPartitionGivenUpForNothingIsFound() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .readsAll(0, 0, 8_000)
                .revoked(8_000, 0)
                .assigned(8_000, 2)
                .assigned(9_000, 3, 0)
                .closes(10_000);
        story.member("b", 7_000).assigned(8_000, 2).assigned(9_000, 3).closes(END_MS);

        Verdict kept = story.continuity().kept();

        assertThat(kept.violations()).isEqualTo(1);
        assertThat(kept.firstProblem()).contains("for generation 2 and has it again in 3");
    }

    @Test
    void aPartitionThatComesBackBecauseItsNewOwnerWentIsNotGivenUpForNothing() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .readsAll(0, 0, 8_000)
                .revoked(8_000, 0)
                .assigned(8_000, 2)
                .assigned(9_000, 3, 0)
                .closes(10_000);
        story.member("b", 7_000).assigned(8_000, 2).closes(8_500);

        assertThat(story.continuity().kept().clean()).isTrue();
    }

    @Test
    void lostPartitionsAreFound() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .lost(8_000, 0)
                .assigned(9_000, 3, 0)
                .closes(10_000);

        assertThat(story.continuity().kept().firstProblem()).contains("lost [t-0]");
    }

    @Test
    void partitionsLostAroundAKillAreNot() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .lost(8_000, 0)
                .assigned(9_000, 3, 0)
                .closes(10_000);
        story.outage(7_000, 7_500);

        assertThat(story.continuity().kept().clean()).isTrue();
    }

    @Test
    void whatAMemberGivesUpWhenItGoesIsItsOwnDoing() {
        story.member("a", 0)
                .assigned(1, 1, 0)
                .readsAll(0, 0, 8_000)
                .closes(8_000)
                .lost(8_000, 0);

        assertThat(story.continuity().kept().clean()).isTrue();
    }

    @Test
    void eagerGroupsMayStop() {
        Story eager = new Story(GroupKind.EAGER);
        eager.records(END_MS, 0);
        eager.member("a", 0).assigned(1, 1, 0).closes(END_MS);

        assertThat(eager.continuity().read()).isEqualTo(new Verdict(0, 0, ""));
    }
}
