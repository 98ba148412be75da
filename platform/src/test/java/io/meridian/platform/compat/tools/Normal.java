package io.meridian.platform.compat.tools;

import io.meridian.platform.testing.Broker;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Output without what no two brokers have in common: ids, ports, directories, times, stack traces, and runs of
/// blanks.
///
/// @param broker the broker the tools talked to
/// @param files the directory of files named in arguments
record Normal(Broker broker, Path files) {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    /// What a broker makes the id of a member of, behind the name of its client.
    private static final Pattern MEMBER = Pattern.compile("(?<=[a-z]-)[A-Za-z0-9_-]{22}(?= )");

    private static final Pattern ID = Pattern.compile("(TopicId: |Cluster ID: |topicId=)[A-Za-z0-9_-]{22}");
    private static final Pattern TIME = Pattern.compile("(\"timestamp\":|CreateTime:|LogAppendTime:)\\d+");
    private static final Pattern EPOCH = Pattern.compile("(Epoch: )\\d+");
    private static final Pattern RATE = Pattern.compile("(\"avg_throughput\":)[0-9.E]+");
    private static final Pattern LOG_TIME = Pattern.compile("^\\[\\d{4}-\\d\\d-\\d\\d [0-9:,]+] ");
    private static final Pattern STACK =
            Pattern.compile("^((Caused by|Suppressed): |at [\\w.$/<>]+\\(|\\.\\.\\. \\d+ more)");
    private static final Pattern CONTROLLER = Pattern.compile("((?:1@|CONTROLLER://)127\\.0\\.0\\.1:)\\d+");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    /// The lines of `output` that are not empty.
    List<String> lines(String output) {
        return output.lines()
                .map(this::line)
                .filter(line -> !line.isEmpty() && !STACK.matcher(line).find())
                .toList();
    }

    private String line(String line) {
        String text = line.replace(broker.bootstrap(), "<bootstrap>")
                .replace(broker.data().toString(), "<data>")
                .replace(files.toString() + "/", "")
                .replace(broker.host() + " " + broker.port(), "<host> <port>")
                .replace("(id: 1 rack: null isFenced: false)", "<node>");
        text = LOG_TIME.matcher(text).replaceAll("[<time>] ");
        text = UUID.matcher(text).replaceAll("<uuid>");
        text = MEMBER.matcher(text).replaceAll("<uuid>");
        text = ID.matcher(text).replaceAll("$1<id>");
        text = TIME.matcher(text).replaceAll("$1<time>");
        text = EPOCH.matcher(text).replaceAll("$1<epoch>");
        text = CONTROLLER.matcher(text).replaceAll("$1<port>");
        text = RATE.matcher(text).replaceAll("$1<rate>");
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }
}
