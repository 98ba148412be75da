package io.meridian.platform.soak.flood;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// What a flood soak has found.
///
/// @param plan what was to be done
/// @param phases in their order, the quiet one first
/// @param failed records of the clients that were not acknowledged
/// @param newcomer how long a new client took afterwards to be served
/// @param cleanStop whether SIGTERM at the end ended the node with exit code 0
/// @param trouble what kept the soak from finishing; empty if nothing did
record FloodReport(
        FloodPlan plan, List<Phase> phases, long failed, Duration newcomer, boolean cleanStop, String trouble) {
    /// A place must be free again after this: ten seconds that a stranger has, and what the turn of a timer takes.
    static final Duration FREED_WITHIN = Duration.ofSeconds(12);

    /// On one machine with its attackers a client cannot be promised less.
    private static final double UNNOTICED_MS = 5;

    private static final Duration NEWCOMER_WITHIN = Duration.ofSeconds(5);

    /// What happened, what clients felt, and what became of the strangers.
    record Phase(String name, Latencies latencies, List<Strangers.Outcome> strangers) {
        Phase {
            strangers = List.copyOf(strangers);
        }
    }

    FloodReport {
        phases = List.copyOf(phases);
    }

    boolean passed() {
        return trouble.isEmpty()
                && failed == 0
                && cleanStop
                && newcomer.compareTo(NEWCOMER_WITHIN) <= 0
                && phases.stream().allMatch(this::isGood);
    }

    private boolean isGood(Phase phase) {
        return phase.latencies().quantileMs(0.99) <= allowedMs()
                && phase.strangers().stream().allMatch(strangers -> strangers.isFreedWithin(FREED_WITHIN));
    }

    private double allowedMs() {
        double quietMs = phases.isEmpty() ? 0 : phases.getFirst().latencies().quantileMs(0.99);
        return Math.max(UNNOTICED_MS, quietMs * plan.growth());
    }

    /// The table and, as the last line, the result.
    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-24s %9s %8s %8s %8s   %s%n",
                "phase",
                "records",
                "p50 ms",
                "p99 ms",
                "max ms",
                "attempts / refused / held / left, longest held"));
        for (Phase phase : phases) {
            Latencies felt = phase.latencies();
            text.append(String.format(
                    Locale.ROOT,
                    "%-24s %9d %8.2f %8.2f %8.2f   %s%n",
                    phase.name(),
                    felt.count(),
                    felt.quantileMs(0.5),
                    felt.quantileMs(0.99),
                    felt.quantileMs(1),
                    strangers(phase)));
        }
        return text.append(resultLine()).toString();
    }

    private static String strangers(Phase phase) {
        StringBuilder text = new StringBuilder();
        for (Strangers.Outcome outcome : phase.strangers()) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(String.format(
                            Locale.ROOT,
                            "%d / %d / %d / %d, %.1f s",
                            outcome.attempts(),
                            outcome.refused(),
                            outcome.held(),
                            outcome.left(),
                            outcome.longestHeld().toMillis() / 1e3));
        }
        return text.toString();
    }

    private String resultLine() {
        String facts = String.format(
                Locale.ROOT,
                "p99 at most %.1f ms, places free within %d s, %d records failed, a newcomer was served after %.1f s",
                allowedMs(),
                FREED_WITHIN.toSeconds(),
                failed,
                newcomer.toMillis() / 1e3);
        if (passed()) {
            return "soak flood passed: " + facts;
        }
        String stop = cleanStop || !trouble.isEmpty() ? "" : "; SIGTERM did not end the node with exit code 0";
        return "soak flood FAILED: expected " + facts + stop + (trouble.isEmpty() ? "" : "; " + trouble);
    }
}
