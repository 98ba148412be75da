package io.meridian.platform.soak.groups;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// What a soak of groups has found.
///
/// @param plan what was to be done
/// @param elapsed from the first member to the last
/// @param lives of members
/// @param livingMax how many lived at once at most
/// @param groupsWithOffsets groups for which a commit was acknowledged
/// @param groupsListed groups that the node still listed after the last kill
/// @param generations of all groups, as members saw them
/// @param kills that were followed by a restart, the last one included
/// @param readyTimes how long each start took
/// @param ownership partitions owned in a generation; owned twice in one, or processed without being owned
/// @param commits offsets compared after kills; those that were gone or older than acknowledged
/// @param kept rebalances that members of cooperative groups lived through; partitions they lost or gave up for nothing
/// @param read records whose waiting for such a member was measured; those that waited too long or were left out
/// @param survived kills that members of quiet groups lived through; changes they saw
/// @param waitedRebalancing median, 99 of 100 and longest wait of a record during rebalances of a cooperative group
/// @param waitedSettled the same at other times
/// @param stoppedEager the same spread of the time for which a rebalance takes everything from a member of an eager
///     group
/// @param longestStall how long this process itself stood still at most
/// @param trouble what kept the soak from finishing; empty if nothing did
public record GroupsReport(
        GroupsPlan plan,
        Duration elapsed,
        int lives,
        int livingMax,
        int groupsWithOffsets,
        int groupsListed,
        long generations,
        int kills,
        List<Duration> readyTimes,
        Verdict ownership,
        Verdict commits,
        Verdict kept,
        Verdict read,
        Verdict survived,
        String waitedRebalancing,
        String waitedSettled,
        String stoppedEager,
        Duration longestStall,
        String trouble) {

    public GroupsReport {
        readyTimes = List.copyOf(readyTimes);
    }

    /// Whether everything was done and every promise was kept.
    public boolean passed() {
        return trouble.isEmpty()
                && kills == plan.kills() + 1
                && groupsWithOffsets == plan.groups()
                && groupsListed == plan.groups()
                && verdicts().stream().allMatch(Verdict::clean)
                && ownership.checked() > 0
                && commits.checked() > 0
                && kept.checked() > 0
                && read.checked() > 0
                && (survived.checked() > 0 || plan.kills() == 0);
    }

    private List<Verdict> verdicts() {
        return List.of(ownership, commits, kept, read, survived);
    }

    /// The facts and, as the last line, the result.
    public String text() {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "groups",
                plan.groups() + ", with offsets " + groupsWithOffsets + ", listed at the end " + groupsListed);
        line(
                text,
                "members",
                lives + " lives, " + livingMax + " at once at most, " + generations + " generations in "
                        + elapsed.toSeconds() + " s");
        line(text, "kills", kills + " of " + (plan.kills() + 1) + ", ready after " + readyMs() + " ms at most");
        line(text, "owned twice", of(ownership, "partitions owned in a generation"));
        line(text, "commits lost", of(commits, "offsets compared after kills"));
        line(text, "given up", of(kept, "rebalances of members of cooperative groups"));
        line(
                text,
                "held up",
                of(
                        read,
                        "records read by members of cooperative groups, longer than "
                                + TimeUnit.NANOSECONDS.toMillis(ContinuityCheck.BOUND_NS) + " ms"));
        line(text, "unsettled", of(survived, "kills that members of quiet groups lived through"));
        line(
                text,
                "a record waits",
                "in rebalances " + waitedRebalancing + ", else " + waitedSettled + " (median / 99 % / longest)");
        line(text, "eager stop", stoppedEager);
        line(text, "client stalls", longestStall.toMillis() + " ms at most");
        for (Verdict verdict : verdicts()) {
            if (!verdict.clean()) {
                line(text, "first problem", verdict.firstProblem());
            }
        }
        return text.append(resultLine()).toString();
    }

    private String resultLine() {
        String counts = plan.groups() + " groups, " + lives + " lives, " + kills + " kills, " + ownership.violations()
                + " owned twice, " + commits.violations() + " commits lost, " + kept.violations() + " given up, "
                + read.violations() + " held up, " + survived.violations() + " unsettled, seed " + plan.seed();
        return passed()
                ? "soak groups passed: " + counts
                : "soak groups FAILED: " + counts + (trouble.isEmpty() ? "" : "; " + trouble);
    }

    private long readyMs() {
        return readyTimes.stream().mapToLong(Duration::toMillis).max().orElse(0);
    }

    private static String of(Verdict verdict, String what) {
        return verdict.violations() + " of " + verdict.checked() + " " + what;
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-15s %s%n", name, value));
    }
}
