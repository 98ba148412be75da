package io.meridian.engine.handler;

import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.group.GroupQuestion;
import io.meridian.engine.metadata.TopicNameRule;
import io.meridian.engine.metadata.image.PartitionImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.TopicIdPartition;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.wire.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks the coordinators of groups on behalf of requests, wherever in this process they live.
///
/// Bounded by the requests that connections may have in work. Looked up by number only, never iterated.
public final class GroupClient {
    private final NodeScope scope;
    private final Map<Long, Consumer<Outcome<Message>>> waiting = new HashMap<>();
    private long nextQuestionId;

    public GroupClient(NodeScope scope) {
        this.scope = scope;
    }

    /// The partition of the offsets topic that keeps a group, as Apache Kafka chooses it, so that its files can be
    /// taken over: by the absolute value of the hash, where that of the smallest int is 0.
    static int partitionOf(String groupId, int partitionCount) {
        int hash = groupId.hashCode();
        return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % partitionCount;
    }

    /// The offsets topic; null before the first group.
    @Nullable
    TopicImage offsetsTopic() {
        return scope.image().topics().byName(TopicNameRule.CONSUMER_OFFSETS);
    }

    /// Asks the coordinator of a group. NOT_COORDINATOR when that is another broker, or nobody yet.
    void ask(String groupId, GroupQuestion question, Consumer<Outcome<Message>> whenAnswered) {
        TopicImage topic = offsetsTopic();
        PartitionImage partition = topic == null ? null : topic.partition(partitionOf(groupId, topic.partitionCount()));
        if (topic == null || partition == null || partition.leader() != scope.brokerId()) {
            whenAnswered.accept(Outcome.rejected(ErrorCode.NOT_COORDINATOR));
        } else {
            ask(new TopicIdPartition(topic.topicId(), partition.partition()), question, whenAnswered);
        }
    }

    /// Asks the coordinator that lives on a partition which this broker leads.
    void ask(TopicIdPartition partition, GroupQuestion question, Consumer<Outcome<Message>> whenAnswered) {
        long questionId = nextQuestionId++;
        waiting.put(questionId, whenAnswered);
        Asker asker = new Asker(scope.layout().nodeIndex(), questionId);
        scope.bus()
                .send(scope.layout().ownerOf(partition), new CoordinatorMessage.AskGroups(asker, partition, question));
    }

    public void onAnswer(CoordinatorMessage.Answered answer) {
        Consumer<Outcome<Message>> asker = waiting.remove(answer.questionId());
        if (asker != null) {
            asker.accept(answer.outcome());
        }
    }

    /// Questions without an answer so far.
    public int waitingCount() {
        return waiting.size();
    }

    /// The answer, or what stands for it when the coordinator could not be asked.
    static <T extends Message> T valueOf(Outcome<Message> outcome, Class<T> type, Function<ErrorCode, T> refused) {
        return switch (outcome) {
            case Outcome.Accepted<Message>(Message message) -> type.cast(message);
            case Outcome.Rejected<Message>(ErrorCode error, var _) -> refused.apply(error);
        };
    }
}
