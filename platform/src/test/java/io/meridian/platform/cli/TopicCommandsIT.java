package io.meridian.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Cli;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.SharedBroker;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class TopicCommandsIT {
    private final Broker broker;
    private final Cli cli;

    TopicCommandsIT(Broker broker) {
        this.broker = broker;
        this.cli = Cli.at(broker);
    }

    @Test
    void aTopicIsCreatedListedDescribedAndDeleted() {
        String topic = broker.freshTopic("cli");

        assertThat(cli.run("topic create -p 3 -c retention.ms=100000", topic)
                        .done()
                        .table())
                .containsExactly("TOPIC RESULT PARTITIONS REPLICATION-FACTOR", topic + " created 3 1");
        assertThat(cli.run("topic ls -o name").done().lines()).contains(topic);
        assertThat(cli.run("topic list -o json", topic.substring(0, 6) + "*")
                        .done()
                        .output())
                .contains("{\"topic\":\"" + topic + "\",\"partitions\":3,\"replicationFactor\":1,\"internal\":false}");
        assertThat(cli.run("topic describe", topic).done().table())
                .contains("retention.ms 100000", "PARTITION LEADER REPLICAS ISR", "2 1 1 1");
        assertThat(cli.run("topic rm", topic).done().table()).contains(topic + " deleted 3 0");
        cli.run("topic describe", topic).refused(ExitCode.NOT_FOUND, "unknown topic '" + topic + "'");
    }

    @Test
    void dryRunsChangeNothing() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);
        Clients.produce(broker, topic, 0, List.of("one", "two", "three"));
        String other = broker.freshTopic("cli");

        assertThat(cli.run("topic create --dry-run", other).done().table()).contains(other + " would be created 1 1");
        assertThat(cli.run("topic delete --dry-run", topic).done().table()).contains(topic + " would be deleted 1 3");
        assertThat(cli.run("topic trim --dry-run --before end-1", topic).done().table())
                .contains(topic + " 0 0 2 2 would be deleted");

        cli.run("topic describe", other).refused(ExitCode.NOT_FOUND);
        assertThat(cli.run("topic offsets", topic).done().table()).contains(topic + " 0 0 3 3");
    }

    @Test
    void offsetsOfAPlace() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);
        Clients.produce(broker, topic, 0, List.of("one", "two", "three"));

        assertThat(offsetAt(topic, "beginning+1")).isEqualTo("1");
        assertThat(offsetAt(topic, "end-1")).isEqualTo("2");
        assertThat(offsetAt(topic, "end-10")).isEqualTo("0");
        assertThat(offsetAt(topic, "2")).isEqualTo("2");
        assertThat(offsetAt(topic, "1h")).isEqualTo("0");
        assertThat(offsetAt(topic, "2099-01-01")).isEqualTo("3");
    }

    private String offsetAt(String topic, String place) {
        String row =
                cli.run("topic offsets --at " + place, topic).done().table().getLast();
        return row.substring(row.lastIndexOf(' ') + 1);
    }

    @Test
    void whatATopicIsRefusedForIsSaidWithTheRemedy() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);

        cli.run("topic create", topic)
                .refused(ExitCode.CONFLICT, "topic '" + topic + "' exists already", "--if-not-exists");
        cli.run("topic create --if-not-exists", topic).done();
        cli.run("topic create", "a b").refused(ExitCode.ASKED_WRONGLY, "illegal topic name 'a b': ", "1 to 249");
        cli.run("topic create", "x".repeat(250)).refused(ExitCode.ASKED_WRONGLY, "1 to 249");
        cli.run("topic create -p 0 x").refused(ExitCode.ASKED_WRONGLY, "--partitions: found 0");
        cli.run("topic create -r 9", broker.freshTopic("x")).refused(ExitCode.ASKED_WRONGLY, "--replication-factor");
        cli.run("topic create -c retntion.ms=1", broker.freshTopic("x"))
                .refused(ExitCode.ASKED_WRONGLY, "retntion.ms", "nearest one is retention.ms");
        cli.run("topic create -c retention.ms=soon", broker.freshTopic("x"))
                .refused(ExitCode.ASKED_WRONGLY, "retention.ms", "soon");
        cli.run("topic describe", topic.substring(0, topic.length() - 1))
                .refused(ExitCode.NOT_FOUND, "did you mean '" + topic + "'?", "meridian topic list");
        cli.run("topic delete", "nothing-like-it-anywhere").refused(ExitCode.NOT_FOUND, "unknown topic");
        cli.run("topic delete --if-exists", "nothing-like-it-anywhere").done();
        cli.run("topic trim --before 77", topic).refused(ExitCode.ASKED_WRONGLY, "found 77", "ends at 0");
        cli.run("topic trim --before end -p 4", topic).refused(ExitCode.NOT_FOUND, "has no partition 4");
        cli.run("topic trim --before current", topic).refused(ExitCode.ASKED_WRONGLY, "there is no group here");
    }

    @Test
    void oneRefusalDoesNotStopTheOthers() {
        String topic = broker.freshTopic("cli");
        cli.run("topic create", topic).done();

        Cli.Result result = cli.run("topic delete not-there-at-all", topic);

        assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(result.table()).contains(topic + " deleted 1 0");
        assertThat(result.errors()).hasLineCount(1);
    }

    @Test
    void aPersonConfirmsADeletionByItsName() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);

        Cli.Result refused = cli.atTerminal().input("no\n").run("topic delete", topic);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.errors()).contains("Type " + topic + " to go on").contains("nothing was changed");
        cli.run("topic describe", topic).done();

        cli.atTerminal().input(topic + "\n").run("topic delete", topic).done();
        cli.run("topic describe", topic).refused(ExitCode.NOT_FOUND);
    }

    @Test
    void settingsAreShownAndChanged() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);

        assertThat(cli.run("topic config", topic).done().table())
                .contains("NAME VALUE SOURCE", "cleanup.policy delete default");
        assertThat(cli.run("topic config --set retention.ms=5000 --dry-run", topic)
                        .done()
                        .table())
                .contains("retention.ms 604800000 5000 would be set");
        assertThat(cli.run("topic config --own -o json", topic).done().output()).isEqualTo("[]\n");
        assertThat(cli.run("topic config --set retention.ms=5000", topic).done().table())
                .contains("retention.ms 604800000 5000 set");
        assertThat(cli.run("topic config --own", topic).done().table()).contains("retention.ms 5000 topic");
        assertThat(cli.run("topic config --unset retention.ms", topic).done().table())
                .contains("retention.ms 5000 604800000 unset");
        cli.run("topic config --set retention.ms=soon", topic).refused(ExitCode.ASKED_WRONGLY, "retention.ms", "soon");
        cli.run("topic config --unset retntion.ms", topic)
                .refused(ExitCode.ASKED_WRONGLY, "did you mean 'retention.ms'?");
        cli.run("topic config --set a=1 --unset a", topic).refused(ExitCode.ASKED_WRONGLY, "choose one");
    }

    @Test
    void recordsBeforeAPlaceAreDeleted() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);
        Clients.produce(broker, topic, 0, List.of("one", "two", "three"));

        assertThat(cli.run("topic trim --before end-1", topic).done().table()).contains(topic + " 0 0 2 2 deleted");
        assertThat(cli.run("topic offsets", topic).done().table()).contains(topic + " 0 2 3 1");
        assertThat(cli.run("topic trim --before beginning", topic).done().errors())
                .contains("nothing to do");
    }
}
