package io.meridian.platform.cli.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks at the JDK, the limits of the process and the clock.
final class MachineCheck {
    private static final int JDK_FEATURE = 25;
    /// A partition holds a few files open, a connection one: enough for some thousand of both.
    private static final long OPEN_FILES_WANTED = 65_536;
    private static final long OPEN_FILES_NEEDED = 4_096;
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\S+)\\s+(\\S+).*");
    /// This program is younger than that.
    private static final Instant BUILT_AFTER = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant BELIEVED_BEFORE = Instant.parse("2100-01-01T00:00:00Z");

    private MachineCheck() {}

    static Finding jdk(Runtime.Version version) {
        return version.feature() == JDK_FEATURE
                ? Finding.ok("jdk", version + " in " + System.getProperty("java.home"))
                : Finding.fail("jdk", version.toString(), "install a JDK " + JDK_FEATURE + " or set JAVA_HOME to one");
    }

    /// The limits as Linux tells them; empty elsewhere.
    static List<String> limits() {
        try {
            return Files.isReadable(LIMITS) ? Files.readAllLines(LIMITS, StandardCharsets.US_ASCII) : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The hard limit counts, because the virtual machine raises the soft one up to it.
    static Finding openFiles(List<String> limits) {
        for (String line : limits) {
            Matcher matcher = OPEN_FILES.matcher(line);
            if (matcher.matches()) {
                return openFiles(matcher.group(2));
            }
        }
        return Finding.ok("open-files", "the limit cannot be seen on this system");
    }

    private static Finding openFiles(String limit) {
        long files = limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit);
        if (files >= OPEN_FILES_WANTED) {
            return Finding.ok("open-files", "up to " + limit);
        }
        String remedy = "raise the hard limit to " + OPEN_FILES_WANTED + " (nofile, LimitNOFILE)";
        return files >= OPEN_FILES_NEEDED
                ? Finding.warn("open-files", "up to " + limit, remedy)
                : Finding.fail("open-files", "up to " + limit, remedy);
    }

    /// Whether the time is believable and, where it can be seen, kept by a time service.
    ///
    /// @param root below which the marks of a time service are looked for
    static Finding clock(Instant now, Path root) {
        if (now.isBefore(BUILT_AFTER) || now.isAfter(BELIEVED_BEFORE)) {
            return Finding.fail(
                    "clock", now.toString(), "set the clock: timestamps of records and retention by time go by it");
        }
        boolean kept = Files.exists(root.resolve("run/systemd/timesync/synchronized"))
                || Files.isDirectory(root.resolve("run/chrony"))
                || Files.exists(root.resolve("run/ntpd.pid"));
        return kept
                ? Finding.ok("clock", now + ", kept by a time service")
                : Finding.ok("clock", now + ", whether a time service keeps it cannot be seen here");
    }
}
