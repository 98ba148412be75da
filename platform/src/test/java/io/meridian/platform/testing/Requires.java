package io.meridian.platform.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// Asks for what a test needs beyond a JDK and Maven.
///
/// On a developer's machine a test without its tool is skipped with the line `skipped: NAME needs WHAT (HOW)`, which
/// `./meridian test` collects and prints at its end. With `CI=true` the same test fails: a green build there has run
/// everything.
public final class Requires {
    private Requires() {}

    /// The path of `program`, looked up as a shell would.
    ///
    /// @param test the name a reader of the summary knows the test by
    /// @param program the file name of the executable
    /// @param how what installs it, for example `apt-get install kcat`
    public static Path program(String test, String program, String how) {
        return onPath(program, System.getenv("PATH")).orElseThrow(() -> missing(test, program, how));
    }

    /// Goes on when `present`, otherwise skips or fails as [#program] does.
    public static void that(boolean present, String test, String what, String how) {
        if (!present) {
            throw missing(test, what, how);
        }
    }

    static Optional<Path> onPath(String program, String searchPath) {
        for (String directory : searchPath.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory, program);
            if (!directory.isEmpty() && Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static RuntimeException missing(String test, String what, String how) {
        return verdict("true".equals(System.getenv("CI")), test, what, how);
    }

    static RuntimeException verdict(boolean everythingMustRun, String test, String what, String how) {
        String line = "skipped: " + test + " needs " + what + " (" + how + ")";
        return everythingMustRun
                ? new IllegalStateException("CI=true and " + test + " needs " + what + " (" + how + ")")
                : new TestAbortedException(line);
    }
}
