package io.meridian.engine.node;

import io.meridian.log.LogIdentity;

/// How the files of the log directory name a log.
record LogName(String topic, int partition) implements Comparable<LogName> {
    static LogName of(LogIdentity identity) {
        return new LogName(identity.topic(), identity.partition());
    }

    @Override
    public int compareTo(LogName other) {
        int byTopic = topic.compareTo(other.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, other.partition);
    }
}
