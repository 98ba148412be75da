package io.meridian.log;

import io.meridian.base.Uuid;

/// Which partition a log belongs to.
public record LogIdentity(String topic, Uuid topicId, int partition) {
    /// The name of its directory inside the log directory.
    public String directoryName() {
        return topic + "-" + partition;
    }

    @Override
    public String toString() {
        return directoryName();
    }
}
