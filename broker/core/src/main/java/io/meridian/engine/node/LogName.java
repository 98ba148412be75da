package io.meridian.engine.node;

import io.meridian.log.LogIdentity;
import org.jspecify.annotations.Nullable;

/// How the files of the log directory name a log.
record LogName(String topic, int partition) implements Comparable<LogName> {
    static LogName of(LogIdentity identity) {
        return new LogName(identity.topic(), identity.partition());
    }

    /// The log whose directory has this name; null when no log's has.
    static @Nullable LogName parse(String directory) {
        int dash = directory.lastIndexOf('-');
        String index = directory.substring(dash + 1);
        if (dash <= 0 || index.isEmpty() || index.length() > 9) {
            return null;
        }
        for (int i = 0; i < index.length(); i++) {
            if (index.charAt(i) < '0' || index.charAt(i) > '9') {
                return null;
            }
        }
        return new LogName(directory.substring(0, dash), Integer.parseInt(index));
    }

    @Override
    public int compareTo(LogName other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }
}
