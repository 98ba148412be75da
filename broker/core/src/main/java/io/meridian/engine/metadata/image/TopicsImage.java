package io.meridian.engine.metadata.image;

import io.meridian.base.Uuid;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// Every topic, found by name or by id.
///
/// Invariant: names are unique, ids are unique, and no two names differ in nothing but `.` and `_` (such topics
/// would share their metric names).
public final class TopicsImage {
    public static final TopicsImage EMPTY = new TopicsImage(TreePMap.empty(), TreePMap.empty(), TreePMap.empty(), 0);

    private final TreePMap<String, TopicImage> byName;
    private final TreePMap<Uuid, TopicImage> byId;
    private final TreePMap<String, String> nameByCollisionKey;
    private final int partitionCount;

    private TopicsImage(
            TreePMap<String, TopicImage> byName,
            TreePMap<Uuid, TopicImage> byId,
            TreePMap<String, String> nameByCollisionKey,
            int partitionCount) {
        this.byName = byName;
        this.byId = byId;
        this.nameByCollisionKey = nameByCollisionKey;
        this.partitionCount = partitionCount;
    }

    public @Nullable TopicImage byName(String name) {
        return byName.get(name);
    }

    public @Nullable TopicImage byId(Uuid topicId) {
        return byId.get(topicId);
    }

    /// The name of the topic that `name` is equal to or collides with; null when the name is free.
    public @Nullable String collidingName(String name) {
        return nameByCollisionKey.get(collisionKey(name));
    }

    public Iterable<TopicImage> inNameOrder() {
        return byName.values();
    }

    /// The topics whose names sort at or after `name`.
    public Iterable<TopicImage> inNameOrderFrom(String name) {
        return byName.tailMap(name, true).values();
    }

    public int size() {
        return byName.size();
    }

    /// Over all topics.
    public int partitionCount() {
        return partitionCount;
    }

    /// These topics and `topic`, which takes the place of the one with its id.
    public TopicsImage with(TopicImage topic) {
        TopicImage previous = byId.get(topic.topicId());
        int previousPartitions = previous == null ? 0 : previous.partitionCount();
        return new TopicsImage(
                byName.plus(topic.name(), topic),
                byId.plus(topic.topicId(), topic),
                previous == null
                        ? nameByCollisionKey.plus(collisionKey(topic.name()), topic.name())
                        : nameByCollisionKey,
                partitionCount - previousPartitions + topic.partitionCount());
    }

    /// These topics without the one of this id; unchanged when there is none.
    public TopicsImage without(Uuid topicId) {
        TopicImage topic = byId.get(topicId);
        if (topic == null) {
            return this;
        }
        return new TopicsImage(
                byName.minus(topic.name()),
                byId.minus(topicId),
                nameByCollisionKey.minus(collisionKey(topic.name())),
                partitionCount - topic.partitionCount());
    }

    private static String collisionKey(String name) {
        return name.replace('.', '_');
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicsImage that && byName.equals(that.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return "TopicsImage" + byName.values();
    }
}
