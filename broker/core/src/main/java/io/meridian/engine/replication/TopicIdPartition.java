package io.meridian.engine.replication;

import io.meridian.base.Uuid;

/// A partition for as long as its topic exists: a topic created anew under the same name has another id.
public record TopicIdPartition(Uuid topicId, int partition) {}
