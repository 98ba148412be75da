package io.meridian.engine.group;

import io.meridian.base.Now;
import io.meridian.base.Uuid;
import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.coordinator.Draft;
import io.meridian.engine.group.GroupQuestion.CommitOffsets;
import io.meridian.engine.group.GroupQuestion.NewOffset;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.OffsetCommitResponse;
import io.meridian.protocol.message.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.meridian.protocol.message.OffsetCommitResponse.OffsetCommitResponseTopic;
import io.meridian.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.meridian.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.meridian.protocol.message.OffsetDeleteResponse;
import io.meridian.protocol.message.OffsetDeleteResponse.OffsetDeleteResponsePartition;
import io.meridian.protocol.message.OffsetDeleteResponse.OffsetDeleteResponseTopic;
import io.meridian.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.meridian.protocol.message.OffsetFetchResponse.OffsetFetchResponseTopics;
import io.meridian.settings.GroupConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// OffsetCommit, OffsetFetch, OffsetDelete, and offsets that outlive their time.
final class OffsetRules {
    /// What the protocol says of a partition without an offset.
    private static final long NO_OFFSET = -1L;

    private final GroupTimers timers;
    private final GroupConfig config;
    private final GroupCounters counters;

    OffsetRules(GroupTimers timers, GroupConfig config, GroupCounters counters) {
        this.timers = timers;
        this.config = config;
        this.counters = counters;
    }

    /// Whether this commit may be made. Members commit in their generation, also while a rebalance gathers them,
    /// not between its end and their assignment; anybody may commit to a group without members.
    static ErrorCode checkCommit(@Nullable ClassicGroup group, CommitOffsets question) {
        boolean isOfMember =
                question.generation() >= 0 || !question.memberId().isEmpty() || question.instanceId() != null;
        if (group == null) {
            return question.generation() >= 0 ? ErrorCode.GROUP_ID_NOT_FOUND : ErrorCode.NONE;
        }
        if (question.generation() < 0 && group.is(GroupState.EMPTY)) {
            return ErrorCode.NONE;
        }
        if (!isOfMember) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        ErrorCode error = MemberCheck.check(group, question.memberId(), question.instanceId(), question.generation());
        if (error != ErrorCode.NONE) {
            return error;
        }
        return group.is(GroupState.COMPLETING_REBALANCE) ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
    }

    /// Every offset of a refused commit gets the same error.
    static void refuse(CommitOffsets question, ErrorCode error, Asker asker, Draft draft) {
        List<OffsetCommitResponsePartition> results =
                new ArrayList<>(question.offsets().size());
        question.offsets().forEach(offset -> results.add(result(offset, error)));
        draft.answer(asker, response(results));
    }

    void commit(ClassicGroup group, CommitOffsets question, Asker asker, Draft draft, Now now) {
        ClassicMember member = group.member(question.memberId());
        if (member != null && !member.isAwaitingJoin() && !member.isAwaitingSync()) {
            timers.watch(group, member, member.sessionTimeoutMs(), now);
        }
        long expireTimestampMs =
                question.retentionTimeMs() < 0 ? CommittedOffset.NO_EXPIRY : now.wallMs() + question.retentionTimeMs();
        List<OffsetCommitResponsePartition> results =
                new ArrayList<>(question.offsets().size());
        for (NewOffset offset : question.offsets()) {
            String metadata = offset.metadata() == null ? "" : offset.metadata();
            if (isTooLong(metadata)) {
                results.add(result(offset, ErrorCode.OFFSET_METADATA_TOO_LARGE));
                continue;
            }
            CommittedOffset committed = new CommittedOffset(
                    offset.offset(), offset.leaderEpoch(), metadata, now.wallMs(), expireTimestampMs, offset.topicId());
            group.offsets().put(offset.topic(), offset.partition(), committed);
            draft.store(GroupRecords.offset(group.groupId(), offset.topic(), offset.partition(), committed));
            counters.committed();
            results.add(result(offset, ErrorCode.NONE));
        }
        draft.answer(asker, response(results));
    }

    private static OffsetCommitResponsePartition result(NewOffset offset, ErrorCode error) {
        return new OffsetCommitResponsePartition(offset.partition(), error.code());
    }

    private boolean isTooLong(String metadata) {
        return metadata.length() > config.offsetMetadataMaxBytes()
                || metadata.getBytes(StandardCharsets.UTF_8).length > config.offsetMetadataMaxBytes();
    }

    private static OffsetCommitResponse response(List<OffsetCommitResponsePartition> results) {
        return OffsetCommitResponse.DEFAULT.withTopics(
                List.of(OffsetCommitResponseTopic.DEFAULT.withPartitions(results)));
    }

    /// An offset that was never committed is -1, and no error.
    static OffsetFetchResponseGroup fetch(
            @Nullable ClassicGroup group, String groupId, @Nullable List<OffsetFetchRequestTopics> asked) {
        GroupOffsets offsets = group == null ? new GroupOffsets() : group.offsets();
        List<OffsetFetchResponseTopics> topics = new ArrayList<>();
        if (asked == null) {
            for (String topic : offsets.topics()) {
                List<OffsetFetchResponsePartitions> partitions = new ArrayList<>();
                offsets.partitions(topic).forEach((partition, offset) -> partitions.add(found(partition, offset)));
                topics.add(new OffsetFetchResponseTopics(topic, Uuid.ZERO, partitions));
            }
        } else {
            for (OffsetFetchRequestTopics topic : asked) {
                List<OffsetFetchResponsePartitions> partitions =
                        new ArrayList<>(topic.partitionIndexes().size());
                for (int partition : topic.partitionIndexes()) {
                    partitions.add(found(partition, offsets.get(topic.name(), partition)));
                }
                topics.add(new OffsetFetchResponseTopics(topic.name(), topic.topicId(), partitions));
            }
        }
        return new OffsetFetchResponseGroup(groupId, topics, ErrorCode.NONE.code());
    }

    private static OffsetFetchResponsePartitions found(int partition, @Nullable CommittedOffset offset) {
        return offset == null
                ? new OffsetFetchResponsePartitions(partition, NO_OFFSET, -1, "", ErrorCode.NONE.code())
                : new OffsetFetchResponsePartitions(
                        partition, offset.offset(), offset.leaderEpoch(), offset.metadata(), ErrorCode.NONE.code());
    }

    /// Offsets of topics that members read stay.
    static void delete(@Nullable ClassicGroup group, List<OffsetDeleteRequestTopic> topics, Asker asker, Draft draft) {
        ErrorCode refusal = deletionRefusal(group);
        if (refusal != ErrorCode.NONE || group == null) {
            draft.answer(asker, OffsetDeleteResponse.DEFAULT.withErrorCode(refusal.code()));
            return;
        }
        List<OffsetDeleteResponseTopic> results = new ArrayList<>(topics.size());
        for (OffsetDeleteRequestTopic topic : topics) {
            ErrorCode error = group.isSubscribedTo(topic.name()) ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE;
            List<OffsetDeleteResponsePartition> partitions = new ArrayList<>();
            for (OffsetDeleteRequestPartition partition : topic.partitions()) {
                partitions.add(new OffsetDeleteResponsePartition(partition.partitionIndex(), error.code()));
                if (error == ErrorCode.NONE) {
                    forget(group, new GroupOffsets.Position(topic.name(), partition.partitionIndex()), draft);
                }
            }
            results.add(new OffsetDeleteResponseTopic(topic.name(), partitions));
        }
        draft.answer(asker, OffsetDeleteResponse.DEFAULT.withTopics(results));
    }

    private static ErrorCode deletionRefusal(@Nullable ClassicGroup group) {
        if (group == null) {
            return ErrorCode.GROUP_ID_NOT_FOUND;
        }
        return group.is(GroupState.EMPTY) || group.isOfConsumers() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
    }

    static void forget(ClassicGroup group, GroupOffsets.Position position, Draft draft) {
        if (group.offsets().remove(position.topic(), position.partition())) {
            draft.store(GroupRecords.offsetTombstone(group.groupId(), position.topic(), position.partition()));
        }
    }

    static void forgetUnknownTopics(ClassicGroup group, BiPredicate<String, Uuid> isKnown, Draft draft) {
        group.offsets()
                .matching((topic, offset) -> !isKnown.test(topic, offset.topicId()))
                .forEach(position -> forget(group, position, draft));
    }

    static void forgetAll(ClassicGroup group, Draft draft) {
        group.offsets().matching((_, _) -> true).forEach(position -> forget(group, position, draft));
    }

    /// Forgets what has outlived `offsets.retention.minutes`: since the commit where nobody reads the topic, since
    /// the group became empty where somebody did. While members rebalance nothing expires.
    void expire(ClassicGroup group, Draft draft, Now now) {
        List<GroupOffsets.Position> expired =
                group.offsets().matching((topic, offset) -> isExpired(group, topic, offset, now));
        expired.forEach(position -> forget(group, position, draft));
        counters.expired(expired.size());
    }

    private boolean isExpired(ClassicGroup group, String topic, CommittedOffset offset, Now now) {
        boolean isInUse = group.protocolType() != null
                && switch (group.state()) {
                    case EMPTY -> false;
                    case STABLE -> !group.areSubscriptionsKnown() || group.isSubscribedTo(topic);
                    case PREPARING_REBALANCE, COMPLETING_REBALANCE -> true;
                };
        if (isInUse) {
            return false;
        }
        if (offset.expireTimestampMs() != CommittedOffset.NO_EXPIRY) {
            return now.wallMs() >= offset.expireTimestampMs();
        }
        boolean countsFromEmptiness =
                group.protocolType() != null && group.is(GroupState.EMPTY) && group.stateSinceMs() >= 0;
        long sinceMs = countsFromEmptiness ? group.stateSinceMs() : offset.commitTimestampMs();
        return now.wallMs() - sinceMs >= config.offsetsRetentionMs();
    }
}
