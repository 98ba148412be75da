package io.meridian.platform.soak.groups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Writes what members have seen into files, one for each group, for whoever has to find out what went wrong.
final class LogFiles {
    private record Line(long atNs, String text) {}

    private LogFiles() {}

    /// Moments are milliseconds since `startedNs`.
    static void write(Path directory, List<GroupHistory> groups, List<Outage> outages, long startedNs) {
        try {
            Files.createDirectories(directory);
            for (GroupHistory group : groups) {
                if (!group.members().isEmpty()) {
                    Files.write(directory.resolve(group.groupId()), text(group, outages, startedNs));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> text(GroupHistory group, List<Outage> outages, long startedNs) {
        List<Line> lines = new ArrayList<>();
        for (Outage outage : outages) {
            lines.add(new Line(outage.killedNs(), "KILLED"));
            lines.add(new Line(outage.readyNs(), "READY"));
        }
        for (MemberLog member : group.members()) {
            lines.add(new Line(member.bornNs(), member.name() + " born"));
            for (MemberEvent event : member.events()) {
                lines.add(new Line(event.atNs(), member.name() + " " + event));
            }
        }
        return lines.stream()
                .sorted(Comparator.comparingLong(Line::atNs))
                .map(line -> String.format(Locale.ROOT, "%8d %s", (line.atNs - startedNs) / 1_000_000, line.text))
                .toList();
    }
}
