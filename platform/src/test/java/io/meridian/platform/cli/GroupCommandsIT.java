package io.meridian.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Cli;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.SharedBroker;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class GroupCommandsIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Broker broker;
    private final Cli cli;
    private String topic = "";
    private String group = "";

    GroupCommandsIT(Broker broker) {
        this.broker = broker;
        this.cli = Cli.at(broker);
    }

    @BeforeEach
    void aGroupThatReadThreeOfFiveRecordsAndLeft() throws Exception {
        topic = Clients.createTopic(broker, "cli", 1);
        group = broker.freshTopic("group");
        Clients.produce(broker, topic, 0, List.of("one", "two", "three", "four", "five"));
        assertThat(cli.run("consume --raw -n 3 --timeout 60 --group", group, topic)
                        .done()
                        .lines())
                .containsExactly("one", "two", "three");
    }

    @Test
    void groupsAreListedAndDescribed() {
        assertThat(cli.run("group list").done().table()).contains(group + " classic Empty consumer");
        assertThat(cli.run("group ls -o name").done().lines()).contains(group);
        assertThat(cli.run("group describe", group).done().table())
                .contains("GROUP " + group, "STATE Empty", "MEMBERS -");
    }

    @Test
    void lagIsWhatIsBetweenTheCommittedOffsetAndTheEnd() {
        assertThat(cli.run("group lag", group).done().table())
                .containsExactly(
                        "GROUP TOPIC PARTITION COMMITTED-OFFSET END-OFFSET LAG MEMBER",
                        group + " " + topic + " 0 3 5 2 -");
        assertThat(cli.run("group lag -o json").done().output())
                .contains("{\"group\":\"" + group + "\",\"topic\":\"" + topic
                        + "\",\"partition\":0,\"committedOffset\":3,\"endOffset\":5,\"lag\":2,\"member\":null}");
    }

    @Test
    void aDryResetShowsTheOffsetsThatARealOneSets() {
        assertThat(cli.run("group reset --to beginning+1 --all-topics --dry-run", group)
                        .done()
                        .table())
                .contains(group + " " + topic + " 0 3 1 4 would be reset");
        assertThat(cli.run("group lag", group).done().table()).contains(group + " " + topic + " 0 3 5 2 -");

        assertThat(cli.run("group reset --to beginning+1 --all-topics", group)
                        .done()
                        .table())
                .contains(group + " " + topic + " 0 3 1 4 reset");
        assertThat(cli.run("group lag", group).done().table()).contains(group + " " + topic + " 0 1 5 4 -");

        assertThat(cli.run("group reset --to current+2 --topic", topic + ":0", group)
                        .done()
                        .table())
                .contains(group + " " + topic + " 0 1 3 2 reset");
        assertThat(cli.run("group reset --to 1000 --topic", topic, group).done().table())
                .contains(group + " " + topic + " 0 3 5 0 reset");
    }

    @Test
    void aGroupIsMadeByAResetOnlyWhenAsked() {
        String other = broker.freshTopic("made");

        cli.run("group reset --to end --topic", topic, other)
                .refused(ExitCode.NOT_FOUND, "unknown group '" + other + "'", "--create");
        cli.run("group reset --to end --create --topic", topic, other).done();
        assertThat(cli.run("group lag", other).done().table()).contains(other + " " + topic + " 0 5 5 0 -");
    }

    @Test
    void deletingTakesTheGroupOrWhatItCommittedForATopic() {
        assertThat(cli.run("group delete --dry-run", group).done().table()).contains(group + " would be deleted 1");
        assertThat(cli.run("group delete --topic", topic, group).done().table()).contains(group + " cleared 1");
        assertThat(cli.run("group lag", group).done().output()).isEmpty();
        assertThat(cli.run("group rm", group).done().table()).contains(group + " deleted 0");
        cli.run("group describe", group).refused(ExitCode.NOT_FOUND, "unknown group '" + group + "'");
    }

    @Test
    void aGroupInUseIsLeftAloneAndItsMembersAreNamed() {
        try (Consumer<String, String> member =
                Clients.consumer(broker, "group.id", group, "client.id", "billing", "session.timeout.ms", 45_000)) {
            member.subscribe(List.of(topic));
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (member.assignment().isEmpty()) {
                member.poll(Duration.ofMillis(100));
                assertThat(System.nanoTime()).isLessThan(deadline);
            }

            cli.run("group reset --to end --all-topics", group)
                    .refused(ExitCode.CONFLICT, "in use by 1 member (billing@", "stop them");
            cli.run("group reset --to end --all-topics --dry-run", group).refused(ExitCode.CONFLICT, "billing@");
            cli.run("group delete", group).refused(ExitCode.CONFLICT, "billing@");
            assertThat(cli.run("group lag", group).done().table().getLast()).contains("billing@");
            assertThat(cli.run("group describe", group).done().table()).contains("STATE Stable");
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        cli.run("group describe", group.substring(1)).refused(ExitCode.NOT_FOUND, "did you mean '" + group + "'?");
        cli.run("group reset --to end", group).refused(ExitCode.ASKED_WRONGLY, "--topic", "--all-topics");
        cli.run("group reset --all-topics", group).refused(ExitCode.ASKED_WRONGLY, "--to");
        cli.run("group reset --to soon --all-topics", group).refused(ExitCode.ASKED_WRONGLY, "--to: found 'soon'");
        cli.run("group reset --to end --topic a:x", group).refused(ExitCode.ASKED_WRONGLY, "TOPIC:0,1,4");
        cli.run("group reset --to end --topic", topic + ":7", group)
                .refused(ExitCode.NOT_FOUND, "has no partition 7: it has 0 to 0");
    }
}
