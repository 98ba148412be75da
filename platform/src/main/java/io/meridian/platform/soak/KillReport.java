package io.meridian.platform.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a kill soak has found.
///
/// @param plan what was to be done
/// @param killsUnderLoad kills that hit a ready node while records were waiting for their acknowledgement
/// @param killsWhileStarting kills that hit a node before it was ready; on top of the others
/// @param readyTimes how long each completed start took
/// @param requestsInFlight for each kill under load, the most requests any producer had on their way
/// @param failed records whose producer gave up
/// @param cleanStop whether SIGTERM at the end ended the node with exit code 0
/// @param findings per topic
/// @param trouble what kept the soak from finishing; empty if nothing did
public record KillReport(
        KillPlan plan,
        int killsUnderLoad,
        int killsWhileStarting,
        List<Duration> readyTimes,
        List<Integer> requestsInFlight,
        long failed,
        boolean cleanStop,
        List<Findings> findings,
        String trouble) {

    public KillReport {
        readyTimes = List.copyOf(readyTimes);
        requestsInFlight = List.copyOf(requestsInFlight);
        findings = List.copyOf(findings);
    }

    /// Whether all kills were done and every promise was kept.
    public boolean passed() {
        return trouble.isEmpty()
                && killsUnderLoad >= plan.kills()
                && failed == 0
                && cleanStop
                && acknowledged() > 0
                && findings.stream().allMatch(Findings::clean);
    }

    /// Records that were acknowledged in all topics.
    public long acknowledged() {
        return findings.stream().mapToLong(Findings::acknowledged).sum();
    }

    /// The table and, as the last line, the result.
    public String text() {
        StringBuilder text = new StringBuilder();
        row(text, "topic", "acknowledged", "read", "lost", "duplicated", "reordered", "damaged", "misplaced");
        for (Findings f : findings) {
            row(
                    text,
                    f.topic(),
                    f.acknowledged(),
                    f.read(),
                    f.lost(),
                    f.duplicated(),
                    f.reordered(),
                    f.damaged(),
                    f.misreported());
        }
        text.append("kills under load ").append(killsUnderLoad).append(" of ").append(plan.kills());
        text.append(", while starting ").append(killsWhileStarting).append("; ready again after ");
        text.append(readySpread())
                .append("; requests in flight at a kill ")
                .append(inFlightSpread())
                .append('\n');
        for (Findings f : findings) {
            if (!f.firstProblem().isEmpty()) {
                text.append(f.topic())
                        .append(": first problem: ")
                        .append(f.firstProblem())
                        .append('\n');
            }
        }
        text.append(resultLine());
        return text.toString();
    }

    private String resultLine() {
        long lost = findings.stream().mapToLong(Findings::lost).sum();
        long duplicated = findings.stream().mapToLong(Findings::duplicated).sum();
        long reordered = findings.stream().mapToLong(Findings::reordered).sum();
        String counts = killsUnderLoad + " kills, " + acknowledged() + " acknowledged, " + lost + " lost, " + duplicated
                + " duplicated, " + reordered + " reordered, seed " + plan.seed();
        if (passed()) {
            return "soak kill passed: " + counts;
        }
        String why = trouble.isEmpty() ? "" : "; " + trouble;
        String gaveUp = failed == 0 ? "" : "; producers gave up " + failed + " records";
        String stop = cleanStop || !trouble.isEmpty() ? "" : "; SIGTERM did not end the node with exit code 0";
        return "soak kill FAILED: " + counts + why + gaveUp + stop;
    }

    private String readySpread() {
        List<Duration> sorted = readyTimes.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return "-";
        }
        return String.format(
                Locale.ROOT,
                "%.2f s median, %.2f s at most",
                seconds(sorted.get(sorted.size() / 2)),
                seconds(sorted.get(sorted.size() - 1)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private String inFlightSpread() {
        return String.format(
                Locale.ROOT,
                "%.1f on average, %d at most",
                requestsInFlight.stream().mapToInt(Integer::intValue).average().orElse(0),
                requestsInFlight.stream().mapToInt(Integer::intValue).max().orElse(0));
    }

    private static void row(StringBuilder text, Object... cells) {
        text.append(String.format(Locale.ROOT, "%-12s", cells[0]));
        for (int i = 1; i < cells.length; i++) {
            text.append(String.format(Locale.ROOT, " %12s", cells[i]));
        }
        text.append('\n');
    }
}
