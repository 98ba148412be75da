package io.meridian.engine.group;

import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.engine.coordinator.Answer;
import io.meridian.engine.coordinator.Asker;
import io.meridian.engine.coordinator.CoordinatorRecord;
import io.meridian.engine.coordinator.Decision;
import io.meridian.engine.testing.Groups;
import io.meridian.protocol.message.HeartbeatRequest;
import io.meridian.protocol.message.HeartbeatResponse;
import io.meridian.protocol.message.JoinGroupRequest;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.meridian.protocol.message.LeaveGroupResponse;
import io.meridian.protocol.message.SyncGroupRequest;
import io.meridian.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.meridian.protocol.message.SyncGroupResponse;
import io.meridian.protocol.wire.Message;
import io.meridian.settings.BrokerConfig;
import io.meridian.settings.GroupConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One shard, a clock, and everything that it decided.
final class ShardBed {
    static final String GROUP = "readers";

    private final GroupConfig config;
    private final SeededRandom random = new SeededRandom(7);
    private final List<CoordinatorRecord> records = new ArrayList<>();
    private final Map<Long, Message> answers = new HashMap<>();
    private final GroupCounters counters = new GroupCounters();
    private GroupShard shard;
    private long elapsedMs = 1_000L;
    private long nextQuestion;

    ShardBed(String... settings) {
        this.config = config(settings);
        this.shard = new GroupShard(config, random.split(), counters);
        take(shard.loaded(now()));
    }

    private static GroupConfig config(String... settings) {
        Map<String, String> given = new TreeMap<>();
        given.put("group.initial.rebalance.delay.ms", "0");
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            given.put(parts[0], parts[1]);
        }
        if (BrokerConfig.read(given) instanceof BrokerConfig.Read.Config(BrokerConfig read)) {
            return read.groups();
        }
        throw new AssertionError("settings are refused: " + Arrays.toString(settings));
    }

    Now now() {
        return new Now(1_700_000_000_000L + elapsedMs, elapsedMs * Now.NANOS_PER_MILLI);
    }

    GroupCounters.Snapshot counters() {
        return counters.snapshot();
    }

    GroupConfig config() {
        return config;
    }

    GroupShard shard() {
        return shard;
    }

    List<CoordinatorRecord> records() {
        return records;
    }

    /// Asks and returns the number under which the answer will be found.
    long ask(GroupQuestion question) {
        long id = nextQuestion++;
        take(shard.handle(question, new Asker(0, id), now()));
        return id;
    }

    void tell(GroupQuestion notice) {
        take(shard.handle(notice, new Asker(-1, -1L), now()));
    }

    /// The answer to a question; null while there is none.
    @Nullable
    Message answer(long question) {
        return answers.get(question);
    }

    boolean isAnswered(long question) {
        return answers.containsKey(question);
    }

    <T extends Message> T answer(long question, Class<T> type) {
        Message answer = answers.get(question);
        if (answer == null) {
            throw new AssertionError("question " + question + " is not answered");
        }
        return type.cast(answer);
    }

    /// Lets time pass; what is due happens at its moment.
    void pass(long durationMs) {
        long endMs = elapsedMs + durationMs;
        while (true) {
            long dueNs = shard.nextDeadlineNs();
            long dueMs = dueNs == Long.MAX_VALUE ? Long.MAX_VALUE : dueNs / Now.NANOS_PER_MILLI;
            if (dueMs > endMs) {
                elapsedMs = endMs;
                return;
            }
            elapsedMs = Math.max(elapsedMs, dueMs);
            take(shard.tick(now()));
        }
    }

    /// Another shard that read the records. Questions that wait are lost with the old one.
    void restart() {
        GroupShard restarted = new GroupShard(config, random.split(), counters);
        records.forEach(restarted::replay);
        shard = restarted;
        take(shard.loaded(now()));
    }

    private void take(Decision decision) {
        records.addAll(decision.records());
        for (Answer answer : decision.answers()) {
            Message earlier = answers.put(answer.asker().questionId(), answer.response());
            if (earlier != null) {
                throw new AssertionError("a question was answered twice: " + earlier + ", " + answer.response());
            }
        }
    }

    // ---- members ----------------------------------------------------------------------------------------------

    /// A join of a dynamic member as an old client sends it: without being given an id first.
    long join(String memberId, String... protocols) {
        return ask(join(request(memberId, protocols), false));
    }

    long joinStatic(String instanceId, String memberId, boolean skipsAssignment) {
        return ask(join(request(memberId, "range").withGroupInstanceId(instanceId), skipsAssignment));
    }

    static JoinGroupRequest request(String memberId, String... protocols) {
        String[] offered = protocols.length == 0 ? new String[] {"range"} : protocols;
        return Groups.join(GROUP, "consumer", offered).withMemberId(memberId);
    }

    static GroupQuestion.Join join(JoinGroupRequest request, boolean skipsAssignment) {
        return new GroupQuestion.Join(request, "client", "/127.0.0.1", false, skipsAssignment);
    }

    JoinGroupResponse joined(long question) {
        return answer(question, JoinGroupResponse.class);
    }

    long sync(String memberId, int generation, SyncGroupRequestAssignment... assignments) {
        return ask(new GroupQuestion.Sync(SyncGroupRequest.DEFAULT
                .withGroupId(GROUP)
                .withMemberId(memberId)
                .withGenerationId(generation)
                .withAssignments(List.of(assignments))));
    }

    SyncGroupResponse synced(long question) {
        return answer(question, SyncGroupResponse.class);
    }

    short beat(String memberId, int generation) {
        return beat(memberId, null, generation);
    }

    short beat(String memberId, @Nullable String instanceId, int generation) {
        long question = ask(new GroupQuestion.Beat(HeartbeatRequest.DEFAULT
                .withGroupId(GROUP)
                .withMemberId(memberId)
                .withGroupInstanceId(instanceId)
                .withGenerationId(generation)));
        return answer(question, HeartbeatResponse.class).errorCode();
    }

    short leave(String memberId, @Nullable String instanceId) {
        long question = ask(new GroupQuestion.Leave(GROUP, List.of(new MemberIdentity(memberId, instanceId, null))));
        return answer(question, LeaveGroupResponse.class).members().getFirst().errorCode();
    }

    /// One member in generation 1, assigned; its id.
    String alone() {
        JoinGroupResponse joined = joined(join(""));
        sync(joined.memberId(), joined.generationId(), Groups.assignment(joined.memberId(), "all"));
        return joined.memberId();
    }
}
