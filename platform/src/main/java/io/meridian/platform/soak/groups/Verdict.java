package io.meridian.platform.soak.groups;

/// What one check has found.
///
/// @param checked how many things it looked at: a check that looked at nothing has shown nothing
/// @param violations how many of them were wrong
/// @param firstProblem what and where the first of those was; empty if there is none
record Verdict(long checked, long violations, String firstProblem) {
    boolean clean() {
        return violations == 0;
    }

    Verdict and(Verdict other) {
        return new Verdict(
                checked + other.checked,
                violations + other.violations,
                firstProblem.isEmpty() ? other.firstProblem : firstProblem);
    }

    /// Collects a verdict.
    static final class Collector {
        private long checked;
        private long violations;
        private String firstProblem = "";

        void checked() {
            checked++;
        }

        void violation(String problem) {
            violations++;
            if (firstProblem.isEmpty()) {
                firstProblem = problem;
            }
        }

        Verdict verdict() {
            return new Verdict(checked, violations, firstProblem);
        }
    }
}
