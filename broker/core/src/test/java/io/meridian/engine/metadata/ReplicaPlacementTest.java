package io.meridian.engine.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.engine.metadata.ReplicaPlacement.Candidate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplicaPlacementTest {
    @Test
    void leadersGoRoundAndFollowersMoveOnWithEveryRound() {
        List<Candidate> three = brokers(null, null, null);

        assertThat(ReplicaPlacement.place(three, 6, 2, 0))
                .containsExactly(
                        List.of(1, 2), List.of(2, 3), List.of(3, 1), List.of(1, 3), List.of(2, 1), List.of(3, 2));
    }

    @Test
    void startSaysWhoLeadsFirst() {
        assertThat(ReplicaPlacement.place(brokers(null, null, null), 2, 1, 2)).containsExactly(List.of(3), List.of(1));
    }

    @Test
    void oneBrokerHoldsEverything() {
        assertThat(ReplicaPlacement.place(brokers("a"), 3, 1, 0)).containsOnly(List.of(1));
    }

    @Test
    void replicasOfAPartitionStandInDifferentRacks() {
        List<Candidate> six = brokers("a", "a", "b", "b", "c", "c");

        for (List<Integer> replicas : ReplicaPlacement.place(six, 36, 3, 0)) {
            assertThat(replicas.stream().map(id -> six.get(id - 1).rack()).distinct())
                    .as(replicas.toString())
                    .hasSize(3);
        }
    }

    @Test
    void racksAreOfNoImportanceWhenOneBrokerNamesNone() {
        assertThat(ReplicaPlacement.place(brokers("a", "a", null), 1, 2, 0)).containsExactly(List.of(1, 2));
    }

    @Test
    void everyPlacementIsCompleteDistinctAndEven() {
        SeededRandom random = new SeededRandom(7);
        for (int round = 0; round < 500; round++) {
            int count = 1 + random.nextInt(9);
            String[] racks = new String[count];
            boolean racked = random.nextBoolean();
            for (int i = 0; i < count; i++) {
                racks[i] = racked ? "r" + random.nextInt(3) : "same";
            }
            List<Candidate> candidates = brokers(racks);
            int replicationFactor = 1 + random.nextInt(count);
            int partitions = count * (1 + random.nextInt(4));
            long rackCount = candidates.stream().map(Candidate::rack).distinct().count();

            List<List<Integer>> placed =
                    ReplicaPlacement.place(candidates, partitions, replicationFactor, random.nextInt(count));

            assertThat(placed).hasSize(partitions);
            for (List<Integer> replicas : placed) {
                assertThat(new HashSet<>(replicas)).hasSize(replicationFactor);
                assertThat(replicas.stream()
                                .map(id -> String.valueOf(candidates.get(id - 1).rack()))
                                .distinct()
                                .count())
                        .isEqualTo(Math.min(replicationFactor, rackCount));
            }
            Map<Integer, Long> led = placed.stream()
                    .map(List::getFirst)
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
            assertThat(led.values()).containsOnly((long) partitions / count);
        }
    }

    private static List<Candidate> brokers(@Nullable String... racks) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < racks.length; i++) {
            candidates.add(new Candidate(i + 1, racks[i]));
        }
        return candidates;
    }
}
