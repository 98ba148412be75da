package io.meridian.platform.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Cli;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.SharedBroker;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class RecordCommandsIT {
    private static final int RECORDS = 500;

    private final Broker broker;
    private final Cli cli;

    RecordCommandsIT(Broker broker) {
        this.broker = broker;
        this.cli = Cli.at(broker);
    }

    @Test
    void linesBecomeValues() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);

        assertThat(cli.input("one\n\nthree").run("produce", topic).done().table())
                .containsExactly("TOPIC PARTITION RECORDS FIRST-OFFSET LAST-OFFSET RESULT", topic + " 0 3 0 2 stored");
        assertThat(cli.run("consume --until end --raw", topic).done().output()).isEqualTo("one\n\nthree\n");
        assertThat(cli.run("consume -n 1 -o name", topic).done().output()).isEqualTo(topic + "/0/0\n");
    }

    @Test
    void keysAndHeadersAreStoredAndShown() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);
        cli.input("a:1\nb:2\n").run("produce -K : -H trace=x -z gzip", topic).done();

        List<String> table = cli.run("consume --until end", topic).done().table();

        assertThat(table.getFirst()).isEqualTo("PARTITION OFFSET TIMESTAMP KEY VALUE HEADERS");
        assertThat(table.get(1)).startsWith("0 0 20").endsWith("Z a 1 trace=x");
        assertThat(table.get(2)).startsWith("0 1 20").endsWith("Z b 2 trace=x");
    }

    @Test
    void jsonGoesAroundUnchanged() throws Exception {
        String first = Clients.createTopic(broker, "cli", 3);
        String second = Clients.createTopic(broker, "cli", 3);
        StringBuilder lines = new StringBuilder();
        SeededRandom random = new SeededRandom(7);
        for (int i = 0; i < RECORDS; i++) {
            byte[] bytes = new byte[random.nextInt(30)];
            random.nextBytes(bytes);
            String key = List.of("null", "\"\"", "\"k\"").get(random.nextInt(3));
            String value = Base64.getEncoder().encodeToString(bytes);
            lines.append("""
                    {"partition":%d,"timestamp":%d,"key":%s,"value":{"base64":"%s"},\
                    "headers":[{"name":"h","value":null},{"name":"h","value":""}]}
                    """.formatted(random.nextInt(3), 1_700_000_000_000L + i, key, value));
        }
        cli.input(lines.toString())
                .run("produce --input json --keep-partition", first)
                .done();
        String consumed = cli.run("consume --until end -o json", first).done().output();

        cli.input(consumed).run("produce --input json --keep-partition", second).done();

        assertThat(consumed).hasLineCount(RECORDS);
        assertThat(cli.run("consume --until end -o json", second).done().lines())
                .containsExactlyInAnyOrderElementsOf(
                        consumed.replace(first, second).lines().toList());
    }

    @Test
    void readingBeginsAndEndsAtAnyPlace() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 2);
        cli.input("""
                        {"value":"one","timestamp":1000}
                        {"value":"two","timestamp":2000}
                        {"value":"three","timestamp":3000}
                        """).run("produce --input json -p 1", topic).done();

        assertThat(values("--from 1 --until end", topic)).containsExactly("two", "three");
        assertThat(values("--from end-1 --until end", topic)).containsExactly("three");
        assertThat(values("--from @1500 --until @2500", topic)).containsExactly("two");
        assertThat(values("--until 1 -p 1", topic)).containsExactly("one");
        assertThat(values("--count 2", topic)).containsExactly("one", "two");
        assertThat(values("--until end -p 0", topic)).isEmpty();
    }

    private List<String> values(String options, String topic) {
        return cli.run("consume --raw " + options, topic).done().lines();
    }

    @Test
    void aDryRunReadsEverythingAndStoresNothing() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);

        assertThat(cli.input("a\nb\n").run("produce --dry-run", topic).done().table())
                .contains(topic + " - 2 - - would be stored");
        assertThat(cli.run("topic offsets", topic).done().table()).contains(topic + " 0 0 0 0");
    }

    @Test
    void aBadLineIsNamedAndTheLinesBeforeItAreStored() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);

        cli.input("""
                        {"value":"one"}
                        {"vlaue":"two"}
                        {"value":"three"}
                        """)
                .run("produce --input json", topic)
                .refused(ExitCode.ASKED_WRONGLY, "line 2: found the field 'vlaue'", "did you mean 'value'?");

        assertThat(values("--until end", topic)).containsExactly("one");
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        String topic = Clients.createTopic(broker, "cli", 1);

        cli.run("produce nowhere-at-all")
                .refused(ExitCode.NOT_FOUND, "unknown topic 'nowhere-at-all'", "meridian topic create");
        cli.run("consume nowhere-at-all").refused(ExitCode.NOT_FOUND, "unknown topic");
        cli.input("x").run("produce -p 3", topic).refused(ExitCode.ASKED_WRONGLY, "line 1: found partition 3");
        cli.input("x").run("produce -K :", topic).refused(ExitCode.ASKED_WRONGLY, "line 1: found no ':'");
        cli.run("produce --acks 2", topic).refused(ExitCode.ASKED_WRONGLY, "--acks: found '2'");
        cli.run("produce -z brotli", topic).refused(ExitCode.ASKED_WRONGLY, "--compression: found 'brotli'");
        cli.run("produce --input xml", topic).refused(ExitCode.ASKED_WRONGLY, "xml");
        cli.run("produce -k a --input json", topic).refused(ExitCode.ASKED_WRONGLY, "carry their keys");
        cli.run("produce --keep-partition", topic).refused(ExitCode.ASKED_WRONGLY, "--input json");
        cli.run("produce -H x", topic).refused(ExitCode.ASKED_WRONGLY, "name=value");
        cli.run("consume --from soon", topic).refused(ExitCode.ASKED_WRONGLY, "--from: found 'soon'");
        cli.run("consume --count 0", topic).refused(ExitCode.ASKED_WRONGLY, "--count: found 0");
        cli.run("consume -p 9", topic).refused(ExitCode.NOT_FOUND, "has no partition 9");
        cli.run("consume -g g --until end", topic).refused(ExitCode.ASKED_WRONGLY, "--group");
        cli.run("consume -g g --from 3", topic).refused(ExitCode.ASKED_WRONGLY, "group reset");
    }
}
