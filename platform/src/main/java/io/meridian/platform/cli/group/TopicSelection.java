package io.meridian.platform.cli.group;

import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.position.Offsets;
import io.meridian.platform.terminal.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/// One `--topic`: a topic, or some of its partitions.
///
/// @param topic its name
/// @param partitions their numbers; all if empty
record TopicSelection(String topic, List<Integer> partitions) {
    private static final int PARTITIONS_MAX = 100_000;

    TopicSelection {
        partitions = List.copyOf(partitions);
    }

    /// Reads `TOPIC` or `TOPIC:0,1,4`.
    static TopicSelection parse(String text) {
        int colon = text.indexOf(':');
        String topic = colon < 0 ? text : text.substring(0, colon);
        Topics.requireLegal(topic);
        if (colon < 0) {
            return new TopicSelection(topic, List.of());
        }
        Set<Integer> partitions = new TreeSet<>();
        for (String part : text.substring(colon + 1).split(",", -1)) {
            partitions.add(number(text, part.strip()));
        }
        return new TopicSelection(topic, List.copyOf(partitions));
    }

    private static int number(String text, String part) {
        try {
            int number = Integer.parseInt(part);
            if (number >= 0 && number < PARTITIONS_MAX) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Refused below like a number out of range.
        }
        throw Refused.askedWrongly("--topic: found '" + text + "', expected TOPIC or TOPIC:0,1,4");
    }

    /// What several of them stand for.
    static Set<TopicPartition> resolve(Connection connection, Collection<TopicSelection> selections) {
        Set<TopicPartition> partitions = new TreeSet<>(Offsets.ORDER);
        for (TopicSelection selection : selections) {
            partitions.addAll(
                    Topics.partitions(Topics.describe(connection, selection.topic()), selection.partitions()));
        }
        return partitions;
    }
}
