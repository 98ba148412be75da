package io.meridian.engine.group;

import io.meridian.base.Deadlines;
import io.meridian.base.Invariant;
import io.meridian.protocol.message.ConsumerProtocolSubscription;
import io.meridian.protocol.wire.UnsupportedVersionException;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A group of the classic protocol: its members, its generation, its offsets. Holds the facts and keeps them
/// consistent; when to change them is for the rules.
///
/// A group that never had a member (its offsets are committed by name only) has no protocol type.
final class ClassicGroup {
    /// The protocol type whose metadata we can read: consumers that say which topics they want.
    private static final String CONSUMER = "consumer";

    private final String groupId;
    private final Map<String, ClassicMember> members = new LinkedHashMap<>();
    /// Ids of static members by the name of their instance.
    private final Map<String, String> staticMembers = new TreeMap<>();
    /// Ids given out to members that have not come back with them, until their deadline.
    private final Map<String, Deadlines.Ticket> pendingJoins = new LinkedHashMap<>();
    /// Members of this generation that have not asked for their assignment yet.
    private final Set<String> pendingSyncs = new LinkedHashSet<>();

    private final GroupOffsets offsets = new GroupOffsets();
    private GroupState state = GroupState.EMPTY;
    private GroupState previousState = GroupState.EMPTY;
    private long stateSinceMs;
    private int generation;
    private @Nullable String protocolType;
    private @Nullable String protocolName;
    private @Nullable String leaderId;
    private @Nullable Set<String> subscribedTopics;
    private boolean newMemberAdded;
    private Deadlines.@Nullable Ticket phase;

    ClassicGroup(String groupId, long nowMs) {
        this.groupId = groupId;
        this.stateSinceMs = nowMs;
    }

    /// The group as a stored generation left it.
    ///
    /// @param stateSinceMs -1 when it was not stored
    static ClassicGroup restored(
            String groupId,
            String protocolType,
            int generation,
            @Nullable String protocolName,
            @Nullable String leaderId,
            long stateSinceMs,
            List<ClassicMember> members) {
        ClassicGroup group = new ClassicGroup(groupId, stateSinceMs);
        group.protocolType = protocolType.isEmpty() ? null : protocolType;
        group.generation = generation;
        group.protocolName = protocolName;
        group.leaderId = leaderId;
        members.forEach(group::put);
        group.state = members.isEmpty() ? GroupState.EMPTY : GroupState.STABLE;
        group.previousState = group.state;
        group.computeSubscribedTopics();
        return group;
    }

    String groupId() {
        return groupId;
    }

    GroupState state() {
        return state;
    }

    boolean is(GroupState asked) {
        return state == asked;
    }

    /// True while the members of a group that was empty gather for the first time.
    boolean isGathering() {
        return state == GroupState.PREPARING_REBALANCE && previousState == GroupState.EMPTY;
    }

    void become(GroupState next, long nowMs) {
        boolean isDrawn = switch (next) {
            case PREPARING_REBALANCE -> state != GroupState.PREPARING_REBALANCE;
            case COMPLETING_REBALANCE, EMPTY -> state == GroupState.PREPARING_REBALANCE;
            case STABLE -> state == GroupState.COMPLETING_REBALANCE;
        };
        Invariant.check(isDrawn, "group " + groupId + " goes from " + state + " to " + next);
        previousState = state;
        state = next;
        stateSinceMs = nowMs;
    }

    /// When it came into its state, wall clock; -1 when unknown.
    long stateSinceMs() {
        return stateSinceMs;
    }

    int generation() {
        return generation;
    }

    @Nullable
    String protocolType() {
        return protocolType;
    }

    @Nullable
    String protocolName() {
        return protocolName;
    }

    @Nullable
    String leaderId() {
        return leaderId;
    }

    boolean isLeader(String memberId) {
        return memberId.equals(leaderId);
    }

    GroupOffsets offsets() {
        return offsets;
    }

    // ---- members ----------------------------------------------------------------------------------------------

    Collection<ClassicMember> members() {
        return members.values();
    }

    @Nullable
    ClassicMember member(String memberId) {
        return members.get(memberId);
    }

    /// A member that is known to be there.
    ClassicMember present(String memberId) {
        return Invariant.present(members.get(memberId), "a member of " + groupId + " is gone: " + memberId);
    }

    int size() {
        return members.size();
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    long awaitingJoinCount() {
        return members.values().stream().filter(ClassicMember::isAwaitingJoin).count();
    }

    /// The id of the static member with this instance name; null when there is none.
    @Nullable
    String staticMemberId(String instanceId) {
        return staticMembers.get(instanceId);
    }

    /// The first member leads until another is elected.
    void add(ClassicMember member, String memberProtocolType) {
        if (members.isEmpty()) {
            protocolType = memberProtocolType;
        }
        put(member);
        if (leaderId == null) {
            leaderId = member.memberId();
        }
        if (isGathering()) {
            newMemberAdded = true;
        }
    }

    private void put(ClassicMember member) {
        members.put(member.memberId(), member);
        if (member.instanceId() != null) {
            staticMembers.put(member.instanceId(), member.memberId());
        }
    }

    void remove(ClassicMember member) {
        members.remove(member.memberId());
        if (member.instanceId() != null) {
            staticMembers.remove(member.instanceId(), member.memberId());
        }
        pendingSyncs.remove(member.memberId());
        if (isLeader(member.memberId())) {
            leaderId = members.isEmpty() ? null : members.keySet().iterator().next();
        }
    }

    /// Puts a static member's new self in the place of the old one.
    void replace(ClassicMember old, ClassicMember replacement) {
        boolean led = isLeader(old.memberId());
        boolean owedSync = pendingSyncs.contains(old.memberId());
        remove(old);
        put(replacement);
        if (led) {
            leaderId = replacement.memberId();
        }
        if (owedSync) {
            pendingSyncs.add(replacement.memberId());
        }
    }

    Map<String, Deadlines.Ticket> pendingJoins() {
        return pendingJoins;
    }

    Set<String> pendingSyncs() {
        return pendingSyncs;
    }

    // ---- rebalance --------------------------------------------------------------------------------------------

    /// Everybody that is known has asked to join.
    boolean haveAllJoined() {
        return pendingJoins.isEmpty() && members.values().stream().allMatch(ClassicMember::isAwaitingJoin);
    }

    /// Makes sure that the leader is one who has joined; false when nobody has.
    boolean electJoinedLeader() {
        ClassicMember leader = leaderId == null ? null : members.get(leaderId);
        if (leader != null && leader.isAwaitingJoin()) {
            return true;
        }
        for (ClassicMember member : members.values()) {
            if (member.isAwaitingJoin()) {
                leaderId = member.memberId();
                return true;
            }
        }
        return false;
    }

    /// The next generation: with members they must be assigned to, without any the group is empty.
    void beginGeneration(long nowMs) {
        generation++;
        pendingSyncs.clear();
        if (members.isEmpty()) {
            protocolName = null;
            become(GroupState.EMPTY, nowMs);
        } else {
            protocolName = elected();
            become(GroupState.COMPLETING_REBALANCE, nowMs);
        }
        computeSubscribedTopics();
    }

    /// How long the slowest member may take to come back.
    int rebalanceTimeoutMs() {
        int longest = 0;
        for (ClassicMember member : members.values()) {
            longest = Math.max(longest, member.rebalanceTimeoutMs());
        }
        return longest;
    }

    /// Whether somebody joined since this was asked last, while the members gather for the first time.
    boolean takeNewMemberAdded() {
        boolean added = newMemberAdded;
        newMemberAdded = false;
        return added;
    }

    Deadlines.@Nullable Ticket phase() {
        return phase;
    }

    void setPhase(Deadlines.@Nullable Ticket ticket) {
        phase = ticket;
    }

    // ---- protocols --------------------------------------------------------------------------------------------

    /// Whether a member with these protocols can be in the group: all members must have one in common.
    boolean supports(String memberProtocolType, List<MemberProtocol> protocols) {
        if (protocols.isEmpty() || memberProtocolType.isEmpty()) {
            return false;
        }
        if (members.isEmpty()) {
            return true;
        }
        Set<String> candidates = candidates();
        return memberProtocolType.equals(protocolType)
                && protocols.stream().anyMatch(protocol -> candidates.contains(protocol.name()));
    }

    /// What every member supports, in the order of the first member's list.
    private Set<String> candidates() {
        Set<String> candidates = new LinkedHashSet<>();
        for (MemberProtocol protocol : members.values().iterator().next().protocols()) {
            if (members.values().stream().allMatch(member -> member.supports(protocol.name()))) {
                candidates.add(protocol.name());
            }
        }
        return candidates;
    }

    /// The candidate that most members prefer; among equals the one that the first member names first.
    String elected() {
        Set<String> candidates = candidates();
        Map<String, Integer> votes = new LinkedHashMap<>();
        candidates.forEach(candidate -> votes.put(candidate, 0));
        for (ClassicMember member : members.values()) {
            for (MemberProtocol protocol : member.protocols()) {
                if (candidates.contains(protocol.name())) {
                    votes.merge(protocol.name(), 1, Integer::sum);
                    break;
                }
            }
        }
        String winner = null;
        for (Map.Entry<String, Integer> candidate : votes.entrySet()) {
            if (winner == null || candidate.getValue() > votes.getOrDefault(winner, 0)) {
                winner = candidate.getKey();
            }
        }
        return Invariant.present(winner, "the members of " + groupId + " have no protocol in common");
    }

    /// True when offsets of this topic are in use by a member. Unreadable subscriptions name no topic.
    boolean isSubscribedTo(String topic) {
        return subscribedTopics != null && subscribedTopics.contains(topic);
    }

    /// Whether it is known what the members read.
    boolean areSubscriptionsKnown() {
        return subscribedTopics != null;
    }

    /// Whether offsets may be taken back from under the members, topic by topic.
    boolean isOfConsumers() {
        return CONSUMER.equals(protocolType);
    }

    private void computeSubscribedTopics() {
        subscribedTopics = null;
        if (!isOfConsumers() || protocolName == null || members.isEmpty()) {
            return;
        }
        Set<String> topics = new TreeSet<>();
        for (ClassicMember member : members.values()) {
            try {
                WireReader reader = new WireReader(member.metadata(protocolName));
                short version = reader.readInt16("subscription.version");
                short known = (short) Math.min(version, ConsumerProtocolSubscription.HIGHEST_VERSION);
                topics.addAll(ConsumerProtocolSubscription.read(reader, known).topics());
            } catch (WireFormatException | UnsupportedVersionException unreadable) {
                // A client's own affair: the broker then only cannot say which topics are in use.
                return;
            }
        }
        subscribedTopics = topics;
    }

    /// A copy of the members, for changes while walking.
    List<ClassicMember> snapshotOfMembers() {
        return new ArrayList<>(members.values());
    }
}
