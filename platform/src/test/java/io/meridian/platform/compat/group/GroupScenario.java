package io.meridian.platform.compat.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// The story of a group, told with one client: members come, die and go, and no record is lost and no partition has
/// two owners.
final class GroupScenario implements AutoCloseable {
    static final int PARTITIONS = 6;
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final Broker broker;
    private final StoryClient client;
    private final String topic;
    private final String group;
    private final List<Member> members = new ArrayList<>();

    GroupScenario(Broker broker, StoryClient client) throws Exception {
        this.broker = broker;
        this.client = client;
        this.topic = Clients.createTopic(broker, "group", PARTITIONS);
        this.group = topic;
    }

    /// One member, three, two after one was killed, one after one has left, none; a new one goes on from the commit,
    /// and
    /// one after that starts again where it has reset the group to.
    void membersComeAndGo(boolean cooperative) throws Exception {
        MemberArguments arguments =
                cooperative ? MemberArguments.of(topic, group).cooperative() : MemberArguments.of(topic, group);
        Member first = start(arguments);
        awaitShares(List.of(first), 6);
        produce(first, 0, 60);
        awaitSeen(60);

        Member second = start(arguments);
        Member third = start(arguments);
        awaitShares(List.of(first, second, third), 2);
        produce(first, 60, 120);
        awaitSeen(120);

        third.kill();
        produce(second, 120, 180);
        awaitShares(List.of(first, second), 3);
        awaitSeen(180);

        leave(second);
        awaitShares(List.of(first), 6);
        produce(first, 180, 240);
        awaitSeen(240);
        assertNoPartitionHadTwoOwners();
        if (cooperative) {
            assertThat(first.revoked())
                    .as("what was taken from a member that stayed")
                    .noneMatch(all -> all.size() == PARTITIONS);
        }

        first.command("commit");
        awaitUntil("a commit", () -> first.said("committed"));
        leave(first);
        assertThat(committed()).isEqualTo(240);

        Member fourth = start(arguments);
        awaitShares(List.of(fourth), 6);
        produce(fourth, 240, 250);
        awaitSeen(250);
        assertThat(fourth.seen())
                .as("only what came after the commit")
                .containsExactlyInAnyOrderElementsOf(values(240, 250));
        leave(fourth);

        Member fifth = start(arguments.resetting());
        awaitUntil("every record again", () -> fifth.seen().size() >= 250);
        assertThat(fifth.seen()).containsExactlyInAnyOrderElementsOf(values(0, 250));
        leave(fifth);
    }

    /// Two static members, of which one is killed and comes back under its name: the other does not notice.
    void aStaticMemberComesBack() {
        Member first = start(MemberArguments.of(topic, group).named("one"));
        awaitShares(List.of(first), 6);
        Member second = start(MemberArguments.of(topic, group).named("two"));
        awaitShares(List.of(first, second), 3);
        Set<Integer> before = second.owned();
        int rebalances = first.ownerships().size();

        second.kill();
        Member again = start(MemberArguments.of(topic, group).named("two"));
        awaitUntil("the old share", () -> again.owned().equals(before));
        produce(again, 0, 30);
        awaitSeen(30);

        assertThat(first.ownerships()).as("rebalances of the other").hasSize(rebalances);
        assertNoPartitionHadTwoOwners();
        leave(again);
        leave(first);
    }

    private Member start(MemberArguments arguments) {
        if (client == StoryClient.KCAT) {
            if (arguments.resets()) {
                reset();
            }
            members.add(new KcatMember(broker.bootstrap(), arguments));
        } else {
            members.add(new Member(arguments.instance(), client.member(broker.bootstrap(), arguments)));
        }
        return members.getLast();
    }

    /// What a kcat has no option for.
    private void reset() {
        try (Admin admin = Admin.create(broker.client())) {
            Clients.answer(admin.deleteConsumerGroups(List.of(group)).all());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void produce(Member member, int from, int to) {
        long before = member.lines().stream()
                .filter(line -> line.startsWith("produced"))
                .count();
        member.command("produce " + from + " " + to);
        awaitUntil(
                "records written",
                () -> member.lines().stream()
                                .filter(line -> line.startsWith("produced"))
                                .count()
                        > before);
    }

    private void leave(Member member) {
        member.leave();
        awaitUntil("a goodbye", () -> member.said("closed") && !member.isAlive());
    }

    private void awaitShares(List<Member> expected, int share) {
        awaitUntil("shares of " + share, () -> {
            Set<Integer> all = new HashSet<>();
            expected.forEach(member -> all.addAll(member.owned()));
            return all.size() == PARTITIONS
                    && expected.stream().allMatch(member -> member.owned().size() == share);
        });
    }

    private void awaitSeen(int count) {
        awaitUntil(
                count + " records seen",
                () -> members.stream()
                                .flatMap(member -> member.seen().stream())
                                .collect(Collectors.toSet())
                                .size()
                        == count);
        assertThat(members.stream().flatMap(member -> member.seen().stream()).collect(Collectors.toSet()))
                .isEqualTo(Set.copyOf(values(0, count)));
    }

    private void awaitUntil(String what, BooleanSupplier condition) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(LIMIT)
                .failFast("a member has failed", this::aMemberHasFailed)
                .alias(client + ": " + what + "; " + topic)
                .until(condition::getAsBoolean);
    }

    private boolean aMemberHasFailed() {
        return members.stream()
                .anyMatch(member -> !member.isAlive() && member.process().exitValue() == 1);
    }

    private void assertNoPartitionHadTwoOwners() {
        Map<String, String> owners = new HashMap<>();
        for (Member member : members) {
            for (Member.Ownership ownership : member.ownerships()) {
                assertThat(ownership.generation())
                        .as("generation told by %s", client)
                        .isPositive();
                for (int partition : ownership.partitions()) {
                    String other = owners.putIfAbsent(ownership.generation() + " " + partition, member.identity());
                    assertThat(other == null || other.equals(member.identity()))
                            .as("partition %d in generation %d: %s", partition, ownership.generation(), members)
                            .isTrue();
                }
            }
        }
    }

    private long committed() throws Exception {
        try (Admin admin = Admin.create(broker.client())) {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    Clients.answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            return offsets.values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    private static List<String> values(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "v" + i).toList();
    }

    /// What every member has said, for a failure's message.
    @Override
    public String toString() {
        return client + " on " + topic + ": " + members;
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }
}
