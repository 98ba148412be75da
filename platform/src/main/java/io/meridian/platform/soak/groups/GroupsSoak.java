package io.meridian.platform.soak.groups;

import io.meridian.base.SeededRandom;
import io.meridian.platform.node.NodeProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;

/// Runs one soak of groups: members come and go, the node is killed and started again, and at the end the members'
/// logs are compared with each other and with what the node still knows.
///
/// Used once. Members, lanes, the producer and the clerk have threads of their own; everything else happens on the
/// caller's.
public final class GroupsSoak {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long SETTLED_MS = 3_000;
    private static final long LOOK_MS = 50;

    /// How long after a restart clients may be finding their way back: reconnecting, finding the coordinator, a
    /// heartbeat.
    private static final Duration GRACE = Duration.ofSeconds(5);

    /// What members of quiet groups get after the last restart to commit something again.
    private static final Duration COME_BACK = Duration.ofSeconds(8);

    private final GroupsPlan plan;
    private final Consumer<String> progress;
    private final SeededRandom random;
    private final Population population;
    private final GroupCast cast;
    private final RecordTimes records = new RecordTimes();
    private final List<Outage> outages = new ArrayList<>();
    private final List<OffsetReading> readings = new ArrayList<>();
    private final List<Duration> readyTimes = new ArrayList<>();
    private Stalls stalls = new Stalls();
    private Duration elapsed = Duration.ZERO;
    private int groupsListed;
    private NodeProcess node;

    /// Starts the node.
    ///
    /// @param progress gets a line now and then
    public GroupsSoak(GroupsPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        this.random = new SeededRandom(plan.seed());
        this.population = new Population(plan.node().bootstrap());
        this.cast = new GroupCast(plan, random.split(), population);
        this.node = NodeProcess.start(plan.node(), plan.errors());
    }

    /// Does what was planned. A soak that cannot go on is reported as trouble, not thrown.
    public GroupsReport run() throws InterruptedException {
        String trouble = "";
        boolean finished = false;
        long startedNs = System.nanoTime();
        try (StallWatch watch = new StallWatch()) {
            readyTimes.add(node.awaitReady(LIMIT));
            createTopics();
            watch.start();
            startedNs = System.nanoTime();
            live(startedNs + plan.length().toNanos());
            finished = true;
            elapsed = Duration.ofNanos(System.nanoTime() - startedNs);
            killAndRead();
            groupsListed = listed();
            stalls = watch.stalls();
        } catch (IllegalStateException e) {
            trouble = String.valueOf(e.getMessage());
            population.despair();
        } finally {
            node.close();
        }
        List<GroupHistory> histories = finished ? cast.histories() : List.of();
        GroupsReport report = report(histories, trouble.isEmpty() ? population.trouble() : trouble);
        if (!report.passed()) {
            LogFiles.write(plan.logs(), histories, outages, startedNs);
        }
        return report;
    }

    private void live(long endNs) throws InterruptedException {
        try (SteadyProducer producer = new SteadyProducer(population, GroupCast.partitions(), records)) {
            producer.start();
            cast.start(endNs);
            await(LIMIT, "the quiet groups did not settle", () -> cast.isSettled(SETTLED_MS));
            long settledNs = System.nanoTime();
            for (int i = 0; i < plan.kills(); i++) {
                long sliceNs = Math.max(0, endNs - settledNs) / plan.kills();
                sleepUntil(settledNs + i * sliceNs + sliceNs * (10 + random.nextInt(50)) / 100);
                killAndRead();
                progress.accept((i + 1) + " of " + plan.kills() + " kills, " + population.living() + " members, "
                        + population.groupsWithOffsets() + " groups with offsets");
            }
            sleepUntil(Math.max(endNs, System.nanoTime() + COME_BACK.toNanos()));
            cast.finish(LIMIT);
        }
    }

    private void createTopics() throws InterruptedException {
        List<NewTopic> topics = GroupCast.topics().stream()
                .map(topic -> new NewTopic(topic, GroupCast.partitionsOfTopic(), (short) 1))
                .toList();
        try (Admin admin = admin()) {
            admin.createTopics(topics).all().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topics could not be created: " + e, e);
        }
    }

    private Admin admin() {
        return Admin.create(OffsetReader.configuration(population.bootstrap(), "soak-groups"));
    }

    /// Kills the node, starts it again and reads what it still knows, while members go on.
    private void killAndRead() throws InterruptedException {
        boolean wasReady = node.isReady();
        long killedNs = System.nanoTime();
        node.kill();
        if (!wasReady) {
            throw new IllegalStateException("the node had ended by itself before it was killed, see " + plan.errors());
        }
        node = NodeProcess.start(plan.node(), plan.errors());
        readyTimes.add(node.awaitReady(LIMIT));
        outages.add(new Outage(killedNs, System.nanoTime()));
        readings.add(OffsetReader.read(population.bootstrap(), cast.groupIds()));
    }

    private int listed() throws InterruptedException {
        try (Admin admin = admin()) {
            Set<String> listed = new HashSet<>();
            for (GroupListing group : admin.listGroups().all().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                listed.add(group.groupId());
            }
            listed.retainAll(new HashSet<>(cast.groupIds()));
            return listed.size();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the groups could not be listed: " + e, e);
        }
    }

    private GroupsReport report(List<GroupHistory> histories, String trouble) {
        Circumstances circumstances = new Circumstances(records, outages, GRACE.toNanos(), stalls);
        ContinuityCheck.Result continuity = new ContinuityCheck(circumstances).check(histories);
        List<GroupHistory> quiet = histories.isEmpty() ? List.of() : cast.quietHistories();
        Verdict survived = SurvivalCheck.check(quiet, outages.subList(0, Math.min(plan.kills(), outages.size())));
        return new GroupsReport(
                plan,
                elapsed,
                population.lives(),
                population.livingMax(),
                population.groupsWithOffsets(),
                groupsListed,
                EagerStops.generations(histories),
                outages.size(),
                readyTimes,
                OwnershipCheck.check(histories),
                CommitCheck.check(histories, readings),
                continuity.kept(),
                continuity.read(),
                survived,
                continuity.rebalancing().spread(),
                continuity.settled().spread(),
                EagerStops.of(histories, circumstances).spread(),
                Duration.ofNanos(stalls.longestNs()),
                trouble);
    }

    private static void sleepUntil(long untilNs) throws InterruptedException {
        long leftNs = untilNs - System.nanoTime();
        if (leftNs > 0) {
            TimeUnit.NANOSECONDS.sleep(leftNs);
        }
    }

    private static void await(Duration limit, String otherwise, BooleanSupplier condition) throws InterruptedException {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException(otherwise + " within " + limit);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }
}
