package io.meridian.engine.group;

import static io.meridian.engine.group.ShardBed.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.group.GroupQuestion.CommitOffsets;
import io.meridian.engine.group.GroupQuestion.NewOffset;
import io.meridian.engine.testing.Groups;
import io.meridian.protocol.message.JoinGroupResponse;
import io.meridian.protocol.message.JoinGroupResponse.JoinGroupResponseMember;
import io.meridian.protocol.message.OffsetCommitResponse;
import io.meridian.protocol.message.SyncGroupRequest;
import io.meridian.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.meridian.protocol.message.SyncGroupResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Members that come, go, fall silent and retry at random, over restarts of the coordinator: whatever happens, each
/// question has one answer, a generation has one assignment, and the records say what the shard says.
final class GroupShardPropertyTest {
    private static final int STEPS = 2_000;
    private static final int MEMBERS = 5;

    /// A client: where it believes to be.
    private static final class Client {
        private final @Nullable String instanceId;
        private String memberId = "";
        private int generation = -1;
        private long joining = -1L;
        private long syncing = -1L;
        private @Nullable JoinGroupResponse joined;

        Client(@Nullable String instanceId) {
            this.instanceId = instanceId;
        }

        void forget() {
            generation = -1;
            joined = null;
            joining = -1L;
            syncing = -1L;
        }
    }

    private final ShardBed bed = new ShardBed("group.initial.rebalance.delay.ms=500");
    private final List<Client> clients = new ArrayList<>();
    private final Map<Integer, Map<String, String>> holders = new HashMap<>();
    private final Map<Integer, Long> acknowledged = new HashMap<>();
    private int generationsShared;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theProtocolHoldsWhateverMembersDo(long seed) {
        SeededRandom random = new SeededRandom(seed);
        for (int index = 0; index < MEMBERS; index++) {
            clients.add(new Client(index % 2 == 0 ? null : "instance-" + index));
        }

        for (int step = 0; step < STEPS; step++) {
            act(clients.get(random.nextInt(MEMBERS)), random);
            if (random.chance(30)) {
                bed.pass(random.nextInt(1_500));
            }
            if (random.chance(1)) {
                bed.restart();
                clients.forEach(client -> {
                    client.joining = -1L;
                    client.syncing = -1L;
                });
            }
            takeAnswers();
            recordsSayWhatTheShardSays();
        }

        assertThat(generationsShared).as("generations with several members").isGreaterThan(5);
        bed.pass(1_000_000);
        assertThat(bed.shard().waiting())
                .as("questions that are never answered")
                .isEmpty();
        assertThat(bed.shard().memberCount()).as("members after a long silence").isZero();
    }

    private void act(Client client, SeededRandom random) {
        switch (random.nextInt(10)) {
            case 0 -> {
                if (!client.memberId.isEmpty() && random.chance(50)) {
                    bed.leave(client.memberId, client.instanceId);
                    client.memberId = "";
                    client.forget();
                }
            }
            case 1 -> {
                client.memberId = "";
                client.forget();
            }
            case 2 -> commit(client, random);
            case 3, 4, 5 -> beat(client);
            default -> goOn(client, random);
        }
    }

    private void beat(Client client) {
        if (client.generation >= 0 && bed.beat(client.memberId, client.instanceId, client.generation) != 0) {
            client.forget();
        }
    }

    private void commit(Client client, SeededRandom random) {
        if (client.generation < 0) {
            return;
        }
        int partition = random.nextInt(4);
        long offset = random.nextInt(1_000);
        OffsetCommitResponse response = bed.answer(
                bed.ask(new CommitOffsets(
                        GROUP,
                        client.memberId,
                        client.instanceId,
                        client.generation,
                        -1L,
                        List.of(new NewOffset("orders", new Uuid(1, 2), partition, offset, -1, "")))),
                OffsetCommitResponse.class);
        if (response.topics().getFirst().partitions().getFirst().errorCode() == 0) {
            acknowledged.put(partition, offset);
        }
    }

    /// Joins, or asks for its assignment; now and then twice.
    private void goOn(Client client, SeededRandom random) {
        JoinGroupResponse joined = client.joined;
        if (joined == null || random.chance(5)) {
            client.forget();
            client.joining = bed.ask(ShardBed.join(
                    ShardBed.request(client.memberId).withGroupInstanceId(client.instanceId), random.chance(50)));
        } else {
            client.syncing = bed.ask(new GroupQuestion.Sync(SyncGroupRequest.DEFAULT
                    .withGroupId(GROUP)
                    .withMemberId(client.memberId)
                    .withGroupInstanceId(client.instanceId)
                    .withGenerationId(joined.generationId())
                    .withAssignments(assignments(joined))));
        }
    }

    private static List<SyncGroupRequestAssignment> assignments(JoinGroupResponse joined) {
        List<SyncGroupRequestAssignment> assignments = new ArrayList<>();
        int part = 0;
        for (JoinGroupResponseMember member : joined.members()) {
            assignments.add(Groups.assignment(member.memberId(), "part-" + part));
            part++;
        }
        return assignments;
    }

    private void takeAnswers() {
        for (Client client : clients) {
            if (client.joining >= 0 && bed.isAnswered(client.joining)) {
                JoinGroupResponse joined = bed.joined(client.joining);
                client.joining = -1L;
                client.memberId = joined.errorCode() == 25 || joined.errorCode() == 82 ? "" : joined.memberId();
                client.joined = joined.errorCode() == 0 ? joined : null;
                generationsShared += joined.members().size() > 1 ? 1 : 0;
            }
            if (client.syncing >= 0 && bed.isAnswered(client.syncing)) {
                synced(client, bed.synced(client.syncing));
                client.syncing = -1L;
            }
        }
    }

    /// In one generation no part of the work is given to two members. A static member that came back holds what its
    /// former self held.
    private void synced(Client client, SyncGroupResponse synced) {
        JoinGroupResponse joined = client.joined;
        if (synced.errorCode() != 0 || joined == null) {
            client.forget();
            return;
        }
        client.generation = joined.generationId();
        String part =
                StandardCharsets.UTF_8.decode(synced.assignment().duplicate()).toString();
        String holder = client.instanceId == null ? client.memberId : client.instanceId;
        if (!part.isEmpty()) {
            String earlier = holders.computeIfAbsent(client.generation, _ -> new HashMap<>())
                    .putIfAbsent(part, holder);
            assertThat(earlier == null || earlier.equals(holder))
                    .as("%s of generation %s is held by %s and %s", part, client.generation, earlier, holder)
                    .isTrue();
        }
    }

    private void recordsSayWhatTheShardSays() {
        GroupShard replayed = new GroupShard(bed.config(), new SeededRandom(1), new GroupCounters());
        bed.records().forEach(replayed::replay);
        ClassicGroup stored = find(replayed);
        ClassicGroup live = find(bed.shard());
        if (live == null || stored == null) {
            return;
        }
        acknowledged.forEach((partition, offset) -> assertThat(stored.offsets().get("orders", partition))
                .extracting(CommittedOffset::offset)
                .isEqualTo(offset));
        if (live.is(GroupState.STABLE)) {
            assertThat(Rebalance.stored(stored)).isEqualTo(Rebalance.stored(live));
        }
    }

    private static @Nullable ClassicGroup find(GroupShard shard) {
        return shard.groups().stream().findFirst().orElse(null);
    }
}
