package io.meridian.platform.compat.group;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.SharedBroker;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Groups of unmodified clients. Most of a story is waiting for timers, so several are told at once.
@ExtendWith(SharedBroker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupsCompatIT {
    private static final int AT_ONCE = 8;

    private final Map<StoryClient, CompletableFuture<Void>> eager = new EnumMap<>(StoryClient.class);
    private final Map<StoryClient, CompletableFuture<Void>> cooperative = new EnumMap<>(StoryClient.class);
    private final Map<StoryClient, CompletableFuture<Void>> fixed = new EnumMap<>(StoryClient.class);
    private final ExecutorService stories = Executors.newFixedThreadPool(AT_ONCE);
    private final Broker broker;

    private interface Story {
        void tell(GroupScenario scenario) throws Exception;
    }

    GroupsCompatIT(Broker broker) {
        this.broker = broker;
    }

    @BeforeAll
    void begin() {
        for (StoryClient client : StoryClient.values()) {
            eager.put(client, begin(client, scenario -> scenario.membersComeAndGo(false)));
        }
        cooperating()
                .forEach(client -> cooperative.put(client, begin(client, scenario -> scenario.membersComeAndGo(true))));
        beingStatic().forEach(client -> fixed.put(client, begin(client, GroupScenario::aStaticMemberComesBack)));
    }

    @AfterAll
    void end() {
        stories.shutdownNow();
    }

    static List<StoryClient> cooperating() {
        return StoryClient.thatCan(StoryClient.Can.COOPERATE);
    }

    static List<StoryClient> beingStatic() {
        return StoryClient.thatCan(StoryClient.Can.BE_STATIC);
    }

    @ParameterizedTest
    @EnumSource
    void everyRecordIsSeenWhileMembersComeAndGo(StoryClient client) throws Throwable {
        answer(eager, client);
    }

    @ParameterizedTest
    @MethodSource("cooperating")
    void aCooperativeGroupTakesFromMembersOnlyWhatMoves(StoryClient client) throws Throwable {
        answer(cooperative, client);
    }

    @ParameterizedTest
    @MethodSource("beingStatic")
    void aStaticMemberComesBackWithoutARebalance(StoryClient client) throws Throwable {
        answer(fixed, client);
    }

    private CompletableFuture<Void> begin(StoryClient client, Story story) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        client.require();
                        try (GroupScenario scenario = new GroupScenario(broker, client)) {
                            try {
                                story.tell(scenario);
                            } catch (Exception | AssertionError e) {
                                throw new AssertionError(scenario.toString(), e);
                            }
                        }
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                stories);
    }

    private static void answer(Map<StoryClient, CompletableFuture<Void>> stories, StoryClient client) throws Throwable {
        try {
            Objects.requireNonNull(stories.get(client))
                    .orTimeout(3, TimeUnit.MINUTES)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
