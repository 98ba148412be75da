package io.meridian.engine.handler;

import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.wire.Message;

/// What nodes say to each other about the state machines on internal topics.
public sealed interface CoordinatorMessage extends NodeMessage {
    /// To the node that owns the partition.
    record AskGroups(Asker asker, TopicIdPartition partition, GroupQuestion question) implements CoordinatorMessage {}

    /// Back to the node that asked.
    record Answered(long questionId, Outcome<Message> outcome) implements CoordinatorMessage {}
}
