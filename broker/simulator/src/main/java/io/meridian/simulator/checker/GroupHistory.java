package io.meridian.simulator.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything the members of one group were told: who holds what in which generation, and which offsets.
///
/// Offsets are checked as a register: what is fetched must be the value of a commit that no acknowledged commit has
/// replaced before the fetch began.
public final class GroupHistory {
    /// Nothing was ever committed.
    public static final long NOTHING = -1L;

    private final String groupId;
    private final Map<Integer, Map<Integer, String>> holders = new HashMap<>();
    private final Map<Integer, List<Commit>> commits = new HashMap<>();
    private int storedGeneration;
    private long nextValue = 1;

    /// One attempt to commit.
    public static final class Commit {
        private final long value;
        private final long beganNs;
        private final int generation;
        private final int storedBefore;
        private long endedNs = Long.MAX_VALUE;
        private boolean isAcknowledged;

        private Commit(long value, long beganNs, int generation, int storedBefore) {
            this.value = value;
            this.beganNs = beganNs;
            this.generation = generation;
            this.storedBefore = storedBefore;
        }

        public long value() {
            return value;
        }
    }

    public GroupHistory(String groupId) {
        this.groupId = groupId;
    }

    public String groupId() {
        return groupId;
    }

    /// A generation began with a new agreement, asked for at a moment when `storedBefore` was the newest known.
    public void generationBegan(int generation, int storedBefore) {
        Violation.unless(
                generation >= storedBefore,
                groupId + ": generation " + generation + " after members were assigned in " + storedBefore);
    }

    /// The newest generation that some member got its assignment in: it was stored.
    public int storedGeneration() {
        return storedGeneration;
    }

    /// A member was told what it holds.
    ///
    /// @param holder the instance of a static member, else the member id
    public void assigned(int generation, String holder, List<Integer> parts) {
        storedGeneration = Math.max(storedGeneration, generation);
        Map<Integer, String> held = holders.computeIfAbsent(generation, _ -> new HashMap<>());
        for (int part : parts) {
            String earlier = held.putIfAbsent(part, holder);
            Violation.unless(
                    earlier == null || earlier.equals(holder),
                    groupId + ": part " + part + " of generation " + generation + " is held by " + earlier + " and "
                            + holder);
        }
    }

    /// @param generation that the committing member believes in
    public Commit commitBegins(int partition, int generation, long nowNs) {
        Commit commit = new Commit(nextValue++, nowNs, generation, storedGeneration);
        commits.computeIfAbsent(partition, _ -> new ArrayList<>()).add(commit);
        return commit;
    }

    /// It was refused before it could change anything.
    public void refused(int partition, Commit commit) {
        commits.getOrDefault(partition, List.of()).remove(commit);
    }

    /// It is stored: whatever had ended before it began is replaced.
    public void acknowledged(int partition, Commit commit, long nowNs) {
        Violation.unless(
                commit.generation >= commit.storedBefore,
                groupId + "-" + partition + ": a commit of generation " + commit.generation
                        + " was taken after members were assigned in " + commit.storedBefore);
        commit.endedNs = nowNs;
        commit.isAcknowledged = true;
    }

    /// A fetch between two moments gave this value.
    public void fetched(int partition, long value, long beganNs, long endedNs) {
        List<Commit> all = commits.getOrDefault(partition, List.of());
        Commit seen =
                all.stream().filter(commit -> commit.value == value).findFirst().orElse(null);
        Violation.unless(
                seen != null || value == NOTHING,
                groupId + "-" + partition + ": offset " + value + " was fetched and never committed");
        long seenEndedNs = seen == null ? -1L : seen.endedNs;
        for (Commit later : all) {
            boolean replaces = later.isAcknowledged && later.beganNs > seenEndedNs && later.endedNs < beganNs;
            Violation.unless(
                    !replaces,
                    groupId + "-" + partition + ": offset " + value + " was fetched after " + later.value
                            + " was acknowledged");
        }
        Violation.unless(
                seen == null || seen.beganNs <= endedNs,
                groupId + "-" + partition + ": offset " + value + " was fetched before it was committed");
    }
}
