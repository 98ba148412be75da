package io.meridian.platform.compat.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.SharedBroker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The administration that each client has: all of it prints the same facts.
@ExtendWith(SharedBroker.class)
class AdminCompatIT {
    private static final List<String> FACTS = List.of(
            "partitions 2",
            "retention.ms 60000",
            "retention.ms 120000",
            "partitions 4",
            "offsets 4 10",
            "group offset 7",
            "group listed true",
            "group state Empty",
            "group offsets 0",
            "group listed false",
            "topic listed false");

    static List<StoryClient> administering() {
        return StoryClient.thatCan(StoryClient.Can.ADMINISTER);
    }

    @ParameterizedTest
    @MethodSource("administering")
    void topicsConfigsRecordsAndGroupsAreAdministered(StoryClient client, Broker broker) throws Exception {
        client.require();
        List<String> command = client.admin(broker.bootstrap(), broker.freshTopic("admin"), broker.freshTopic("admin"));

        List<String> facts = Program.of(
                        command.getFirst(), command.subList(1, command.size()).toArray())
                .run()
                .succeeds()
                .lines();

        assertThat(facts).isEqualTo(facts(client));
    }

    /// Without what the client has no call for.
    private static List<String> facts(StoryClient client) {
        List<String> facts = new ArrayList<>(FACTS);
        switch (client) {
            case AIOKAFKA -> facts.removeAll(List.of("group offsets 0", "group listed false"));
            case CONFLUENT, KAFKAJS -> facts.remove("group offsets 0");
            default -> {
                // It has everything.
            }
        }
        return facts;
    }
}
