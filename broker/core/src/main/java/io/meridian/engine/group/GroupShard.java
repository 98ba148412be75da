package io.meridian.engine.group;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.coordinator.CoordinatorRecord;
import io.meridian.engine.coordinator.CoordinatorShard;
import io.meridian.engine.coordinator.Decision;
import io.meridian.engine.coordinator.Draft;
import io.meridian.engine.group.GroupQuestion.CommitOffsets;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DeleteGroupsResponse.DeletableGroupResult;
import io.meridian.protocol.message.GroupMetadataValue;
import io.meridian.protocol.message.GroupMetadataValue.MemberMetadata;
import io.meridian.protocol.message.ListGroupsResponse;
import io.meridian.settings.GroupConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The groups whose records are in one partition of the offsets topic.
public final class GroupShard implements CoordinatorShard<GroupQuestion> {
    private final GroupConfig config;
    private final Map<String, ClassicGroup> groups = new TreeMap<>();
    private final GroupTimers timers = new GroupTimers();
    private final GroupCounters counters;
    private final Rebalance rebalance;
    private final JoinRules joinRules;
    private final SyncRules syncRules;
    private final LeaveRules leaveRules;
    private final OffsetRules offsetRules;
    private long expiryDueNs = Long.MAX_VALUE;
    private long unreadableRecords;

    /// @param counters shared by the shards of a node
    public GroupShard(GroupConfig config, SeededRandom random, GroupCounters counters) {
        this.config = config;
        this.counters = counters;
        this.rebalance = new Rebalance(timers, config, counters);
        this.joinRules = new JoinRules(timers, rebalance, config, random);
        this.syncRules = new SyncRules(timers, rebalance);
        this.leaveRules = new LeaveRules(timers, rebalance);
        this.offsetRules = new OffsetRules(timers, config, counters);
    }

    @Override
    public void replay(CoordinatorRecord record) {
        switch (GroupRecords.decode(record)) {
            case GroupRecords.Stored.Offset(String groupId, String topic, int partition, CommittedOffset offset) -> {
                if (offset != null) {
                    groupOf(groupId, -1L).offsets().put(topic, partition, offset);
                } else {
                    ClassicGroup group = groups.get(groupId);
                    if (group != null) {
                        group.offsets().remove(topic, partition);
                    }
                }
            }
            case GroupRecords.Stored.Group(String groupId, GroupMetadataValue value) -> replayGroup(groupId, value);
            case GroupRecords.Stored.Other(int _), GroupRecords.Stored.Damaged(String _) -> unreadableRecords++;
        }
    }

    private void replayGroup(String groupId, @Nullable GroupMetadataValue value) {
        ClassicGroup before = groups.remove(groupId);
        if (value == null) {
            return;
        }
        List<ClassicMember> members = new ArrayList<>(value.members().size());
        for (MemberMetadata member : value.members()) {
            members.add(restored(member, value.protocol()));
        }
        ClassicGroup group = ClassicGroup.restored(
                groupId,
                value.protocolType(),
                value.generation(),
                value.protocol(),
                value.leader(),
                value.currentStateTimestamp(),
                members);
        groups.put(groupId, group);
        if (before != null) {
            for (String topic : before.offsets().topics()) {
                before.offsets()
                        .partitions(topic)
                        .forEach((partition, offset) -> group.offsets().put(topic, partition, offset));
            }
        }
    }

    /// Only what the member said under the agreed protocol was stored.
    private static ClassicMember restored(MemberMetadata stored, @Nullable String protocol) {
        ClassicMember member = new ClassicMember(
                stored.memberId(),
                stored.groupInstanceId(),
                stored.clientId(),
                stored.clientHost(),
                stored.rebalanceTimeout() < 0 ? stored.sessionTimeout() : stored.rebalanceTimeout(),
                stored.sessionTimeout(),
                List.of(new MemberProtocol(protocol == null ? "" : protocol, JoinRules.copyOf(stored.subscription()))));
        member.assign(JoinRules.copyOf(stored.assignment()));
        return member;
    }

    @Override
    public Decision loaded(Now now) {
        Draft draft = new Draft();
        for (ClassicGroup group : groups.values()) {
            for (ClassicMember member : group.members()) {
                timers.watch(group, member, member.sessionTimeoutMs(), now);
            }
            if (group.size() > config.maxSize()) {
                rebalance.begin(group, draft, now);
            }
        }
        armExpiry(now);
        return draft.decision();
    }

    @Override
    public boolean stores(GroupQuestion question) {
        return question instanceof CommitOffsets || question instanceof GroupQuestion.Sync;
    }

    @Override
    public Decision handle(GroupQuestion question, Asker asker, Now now) {
        Draft draft = new Draft();
        switch (question) {
            case GroupQuestion.Join join -> join(join, asker, draft, now);
            case GroupQuestion.Sync(var request) ->
                syncRules.sync(groups.get(request.groupId()), request, asker, draft, now);
            case GroupQuestion.Beat(var request) ->
                syncRules.beat(groups.get(request.groupId()), request, asker, draft, now);
            case GroupQuestion.Leave(String groupId, var members) ->
                leaveRules.leave(groups.get(groupId), members, asker, draft, now);
            case CommitOffsets commit -> commit(commit, asker, draft, now);
            case GroupQuestion.FetchOffsets(String groupId, var topics) ->
                draft.answer(asker, OffsetRules.fetch(groups.get(groupId), groupId, topics));
            case GroupQuestion.DeleteOffsets(String groupId, var topics) ->
                OffsetRules.delete(groups.get(groupId), topics, asker, draft);
            case GroupQuestion.Describe(String groupId) ->
                draft.answer(asker, GroupViews.described(groupId, groups.get(groupId)));
            case GroupQuestion.ListAll() ->
                draft.answer(
                        asker,
                        ListGroupsResponse.DEFAULT.withGroups(
                                groups.values().stream().map(GroupViews::listed).toList()));
            case GroupQuestion.Delete(String groupId) -> delete(groupId, asker, draft);
            case GroupQuestion.ForgetUnknownTopics(var isKnown) ->
                groups.values().forEach(group -> OffsetRules.forgetUnknownTopics(group, isKnown, draft));
        }
        armExpiry(now);
        return draft.decision();
    }

    private void join(GroupQuestion.Join question, Asker asker, Draft draft, Now now) {
        String groupId = question.request().groupId();
        int sessionTimeoutMs = question.request().sessionTimeoutMs();
        String memberId = question.request().memberId();
        if (sessionTimeoutMs < config.sessionTimeoutMinMs() || sessionTimeoutMs > config.sessionTimeoutMaxMs()) {
            draft.answer(asker, Responses.joinRefused(memberId, ErrorCode.INVALID_SESSION_TIMEOUT));
        } else if (!memberId.isEmpty() && !groups.containsKey(groupId)) {
            draft.answer(asker, Responses.joinRefused(memberId, ErrorCode.UNKNOWN_MEMBER_ID));
        } else {
            ClassicGroup group = groupOf(groupId, now.wallMs());
            joinRules.join(group, question, asker, draft, now);
            forgetIfNothing(group);
        }
    }

    /// A refused join must not leave a group behind that nobody knows of.
    private void forgetIfNothing(ClassicGroup group) {
        boolean isNothing = group.is(GroupState.EMPTY)
                && group.generation() == 0
                && group.pendingJoins().isEmpty()
                && group.offsets().isEmpty();
        if (isNothing) {
            groups.remove(group.groupId());
        }
    }

    private void commit(CommitOffsets question, Asker asker, Draft draft, Now now) {
        ErrorCode error = OffsetRules.checkCommit(groups.get(question.groupId()), question);
        if (error != ErrorCode.NONE) {
            OffsetRules.refuse(question, error, asker, draft);
            return;
        }
        ClassicGroup group = groupOf(question.groupId(), now.wallMs());
        offsetRules.commit(group, question, asker, draft, now);
        forgetIfNothing(group);
    }

    private void delete(String groupId, Asker asker, Draft draft) {
        ClassicGroup group = groups.get(groupId);
        ErrorCode error = group == null
                ? ErrorCode.GROUP_ID_NOT_FOUND
                : group.is(GroupState.EMPTY) ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
        if (error == ErrorCode.NONE && group != null) {
            OffsetRules.forgetAll(group, draft);
            remove(group, draft);
        }
        draft.answer(asker, new DeletableGroupResult(groupId, error.code(), null));
    }

    private void remove(ClassicGroup group, Draft draft) {
        timers.forget(group);
        groups.remove(group.groupId());
        draft.store(GroupRecords.groupTombstone(group.groupId()));
    }

    private ClassicGroup groupOf(String groupId, long nowMs) {
        return groups.computeIfAbsent(groupId, id -> new ClassicGroup(id, nowMs));
    }

    @Override
    public Decision tick(Now now) {
        Draft draft = new Draft();
        timers.expire(now, due -> {
            switch (due) {
                case GroupTimers.Due.Session session -> {
                    counters.sessionExpired();
                    leaveRules.onSilent(session, draft, now);
                }
                case GroupTimers.Due.PendingJoin pending -> {
                    leaveRules.onNeverJoined(pending, draft, now);
                    forgetIfNothing(pending.group());
                }
                case GroupTimers.Due.Gathering gathering -> rebalance.onGathered(gathering, draft, now);
                case GroupTimers.Due.JoinPhase(ClassicGroup group) -> rebalance.completeJoin(group, draft, now);
                case GroupTimers.Due.SyncPhase(ClassicGroup group) -> rebalance.onSyncPhaseOver(group, draft, now);
            }
        });
        if (expiryDueNs <= now.monotonicNs()) {
            expiryDueNs = Long.MAX_VALUE;
            expireOffsets(draft, now);
            armExpiry(now);
        }
        return draft.decision();
    }

    private void expireOffsets(Draft draft, Now now) {
        for (ClassicGroup group : List.copyOf(groups.values())) {
            offsetRules.expire(group, draft, now);
            boolean isOver = group.is(GroupState.EMPTY)
                    && group.offsets().isEmpty()
                    && group.pendingJoins().isEmpty();
            if (isOver) {
                remove(group, draft);
            }
        }
    }

    /// A shard without groups has nothing to expire, and wakes nobody.
    private void armExpiry(Now now) {
        if (groups.isEmpty()) {
            expiryDueNs = Long.MAX_VALUE;
        } else if (expiryDueNs == Long.MAX_VALUE) {
            expiryDueNs = now.deadlineNs(config.offsetsRetentionCheckIntervalMs());
        }
    }

    @Override
    public long nextDeadlineNs() {
        return Math.min(timers.nextDeadlineNs(), expiryDueNs);
    }

    @Override
    public List<Asker> waiting() {
        List<Asker> waiting = new ArrayList<>();
        for (ClassicGroup group : groups.values()) {
            for (ClassicMember member : group.members()) {
                addIfWaiting(waiting, member.awaitingJoin());
                addIfWaiting(waiting, member.awaitingSync());
            }
        }
        return waiting;
    }

    private static void addIfWaiting(List<Asker> waiting, @Nullable Asker asker) {
        if (asker != null) {
            waiting.add(asker);
        }
    }

    /// Stored records that said nothing to this release, or nothing at all.
    public long unreadableRecords() {
        return unreadableRecords;
    }

    public int groupCount() {
        return groups.size();
    }

    /// Members of all groups together.
    public int memberCount() {
        return groups.values().stream().mapToInt(ClassicGroup::size).sum();
    }

    /// Offsets of all groups together.
    public int offsetCount() {
        return groups.values().stream()
                .mapToInt(group -> group.offsets().count())
                .sum();
    }

    /// What there is at the moment.
    public GroupCensus census() {
        long empty = 0;
        long preparing = 0;
        long completing = 0;
        long stable = 0;
        for (ClassicGroup group : groups.values()) {
            switch (group.state()) {
                case EMPTY -> empty++;
                case PREPARING_REBALANCE -> preparing++;
                case COMPLETING_REBALANCE -> completing++;
                case STABLE -> stable++;
            }
        }
        return new GroupCensus(empty, preparing, completing, stable, memberCount(), offsetCount(), unreadableRecords);
    }

    /// The first committed offsets, at most `countMax`, in order of group, topic and partition.
    public List<GroupOffset> committed(int countMax) {
        List<GroupOffset> committed = new ArrayList<>();
        for (ClassicGroup group : groups.values()) {
            for (String topic : group.offsets().topics()) {
                for (var entry : group.offsets().partitions(topic).entrySet()) {
                    if (committed.size() == countMax) {
                        return committed;
                    }
                    committed.add(new GroupOffset(
                            group.groupId(),
                            topic,
                            entry.getKey(),
                            entry.getValue().offset()));
                }
            }
        }
        return committed;
    }

    Collection<ClassicGroup> groups() {
        return groups.values();
    }
}
