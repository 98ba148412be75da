package io.meridian.engine.metadata;

import io.meridian.base.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which brokers hold the partitions of a new topic.
///
/// Brokers stand in a ring in which neighbours are in different racks as far as possible. The first replicas, which
/// are the preferred leaders, go round the ring; the others follow each first one at a distance that grows with
/// every full round, so that the load of a failed broker falls on many. When every broker names its rack, a
/// partition takes a rack twice only when it has all of them already.
///
/// Worked example, three brokers without racks, start 0, two replicas: `[1,2] [2,3] [3,1] [1,3] [2,1] [3,2]`.
public final class ReplicaPlacement {
    private ReplicaPlacement() {}

    /// A broker that may be given replicas.
    ///
    /// @param rack null when it does not name one
    public record Candidate(int brokerId, @Nullable String rack) {}

    /// For each partition the ids of its replicas, the preferred leader first.
    ///
    /// @param candidates in ascending order of ids, at least `replicationFactor` of them
    /// @param start where in the ring the first partition begins, not negative
    public static List<List<Integer>> place(
            List<Candidate> candidates, int partitions, int replicationFactor, int start) {
        Invariant.check(
                replicationFactor >= 1 && replicationFactor <= candidates.size(),
                "replicas need as many brokers",
                replicationFactor,
                candidates.size());
        boolean rackAware = candidates.stream().allMatch(candidate -> candidate.rack() != null);
        List<Candidate> ring = rackAware ? alternatingRacks(candidates) : candidates;
        List<List<Integer>> placed = new ArrayList<>(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            int first = Math.floorMod(start + partition, ring.size());
            placed.add(replicas(ring, first, partition / ring.size(), replicationFactor, rackAware));
        }
        return placed;
    }

    private static List<Integer> replicas(
            List<Candidate> ring, int first, int round, int replicationFactor, boolean rackAware) {
        List<Candidate> chosen = new ArrayList<>(replicationFactor);
        chosen.add(ring.get(first));
        int others = ring.size() - 1;
        while (chosen.size() < replicationFactor) {
            Candidate spare = null;
            Candidate next = null;
            for (int step = 0; step < others && next == null; step++) {
                Candidate candidate = ring.get((first + 1 + (round + step) % others) % ring.size());
                if (chosen.contains(candidate)) {
                    continue;
                }
                spare = spare == null ? candidate : spare;
                if (!rackAware || !hasRackOf(candidate, chosen)) {
                    next = candidate;
                }
            }
            chosen.add(Invariant.present(next == null ? spare : next, "a ring has more brokers than replicas"));
        }
        return chosen.stream().map(Candidate::brokerId).toList();
    }

    private static boolean hasRackOf(Candidate candidate, List<Candidate> chosen) {
        return chosen.stream()
                .anyMatch(other -> other.rack() != null && other.rack().equals(candidate.rack()));
    }

    /// One broker of each rack in turn, racks in the order of their names.
    private static List<Candidate> alternatingRacks(List<Candidate> candidates) {
        SortedMap<String, List<Candidate>> byRack = new TreeMap<>();
        for (Candidate candidate : candidates) {
            byRack.computeIfAbsent(String.valueOf(candidate.rack()), _ -> new ArrayList<>())
                    .add(candidate);
        }
        List<Candidate> ring = new ArrayList<>(candidates.size());
        for (int depth = 0; ring.size() < candidates.size(); depth++) {
            for (List<Candidate> rack : byRack.values()) {
                if (depth < rack.size()) {
                    ring.add(rack.get(depth));
                }
            }
        }
        return ring;
    }
}
