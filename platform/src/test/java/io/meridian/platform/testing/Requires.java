package io.meridian.platform.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// Skips a test by name when the machine lacks what it needs; with `CI=true` that is a failure.
public final class Requires {
    private Requires() {}

    /// The path of a program on the `PATH`.
    ///
    /// @param test what the skipped thing is called in the one line that is printed
    /// @param how how the program is installed
    public static Path program(String test, String program, String how) {
        Optional<Path> found = find(program);
        if (found.isEmpty()) {
            missing(test, program, how);
        }
        return found.orElseThrow();
    }

    /// Ends the test as skipped, or fails it with `CI=true`.
    public static void missing(String test, String what, String how) {
        String line = "skipped: " + test + " needs " + what + " (" + how + ")";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(line + ", and CI=true allows no skipping");
        }
        System.out.println(line);
        throw new TestAbortedException(line);
    }

    private static Optional<Path> find(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = Path.of(directory, program);
            if (!directory.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
