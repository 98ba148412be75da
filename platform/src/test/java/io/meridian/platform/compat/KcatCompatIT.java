package io.meridian.platform.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.Program;
import io.meridian.platform.testing.Requires;
import io.meridian.platform.testing.SharedBroker;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class KcatCompatIT {
    private final Broker broker;
    private final Path kcat = Requires.program("kcat", "kcat", "apt-get install kcat");

    KcatCompatIT(Broker broker) {
        this.broker = broker;
    }

    @Test
    void linesGoInAndComeOut() throws Exception {
        String topic = Clients.createTopic(broker, "kcat", 1);
        String lines =
                IntStream.range(0, 5_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

        kcat("-P", "-t", topic, "-p", "0").input(lines).run().succeeds();

        assertThat(kcat("-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-q")
                        .run()
                        .succeeds()
                        .output())
                .isEqualTo(lines);
    }

    @Test
    void compressedAndIdempotentLinesGoInAndComeOutWithKeyAndOffset() throws Exception {
        String topic = Clients.createTopic(broker, "kcat", 1);

        for (String codec : new String[] {"gzip", "snappy", "lz4", "zstd"}) {
            kcat("-P", "-t", topic, "-p", "0", "-K", ":", "-z", codec, "-X", "enable.idempotence=true")
                    .input(codec + ":" + "value ".repeat(100) + "\n")
                    .run()
                    .succeeds();
        }

        assertThat(kcat("-C", "-t", topic, "-e", "-q", "-f", "%o %k %S\\n")
                        .run()
                        .succeeds()
                        .lines())
                .containsExactly("0 gzip 600", "1 snappy 600", "2 lz4 600", "3 zstd 600");
    }

    @Test
    void metadataNamesBrokerTopicAndPartitions() throws Exception {
        String topic = Clients.createTopic(broker, "kcat", 3);

        assertThat(kcat("-L", "-t", topic).run().succeeds().output())
                .contains("at " + broker.bootstrap())
                .contains("topic \"" + topic + "\" with 3 partitions")
                .contains("partition 2, leader 1");
    }

    @Test
    void aQueryByTimeNamesAnOffset() throws Exception {
        String topic = Clients.createTopic(broker, "kcat", 1);
        kcat("-P", "-t", topic, "-p", "0").input("one\ntwo\n").run().succeeds();

        assertThat(kcat("-Q", "-t", topic + ":0:0").run().succeeds().output()).contains(topic + " [0] offset 0");
        assertThat(kcat("-Q", "-t", topic + ":0:-1").run().succeeds().output()).contains(topic + " [0] offset 2");
    }

    private Program kcat(Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        all[0] = "-b";
        all[1] = broker.bootstrap();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Program.of(kcat, all);
    }
}
