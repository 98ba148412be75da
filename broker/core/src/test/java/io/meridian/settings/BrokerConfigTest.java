package io.meridian.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SettingRefusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerConfigTest {
    @Test
    void nothingGivenMakesALoopbackBroker() {
        BrokerConfig config = accepted(Map.of());

        assertThat(config.nodeId()).isEqualTo(1);
        assertThat(config.network().listener()).isEqualTo(new ListenerAddress("127.0.0.1", 9092));
        assertThat(config.network().advertised()).isEqualTo(new ListenerAddress("127.0.0.1", 9092));
        assertThat(config.network().httpPort()).isEqualTo(8080);
        assertThat(config.network().socketRequestMaxBytes()).isEqualTo(104_857_600);
        assertThat(config.creation()).isEqualTo(new BrokerConfig.CreationConfig(1, 1, true, true));
        assertThat(config.fetchMaxBytes()).isEqualTo(57_671_680);
        assertThat(config.fetchSessionSlots()).isEqualTo(1000);
    }

    @Test
    void everyRefusalIsReportedAtOnceInTheOrderOfNames() {
        List<SettingRefusal> refusals =
                refused(Map.of("port", "70000", "num.partitions", "0", "zookeeper.connect", "x", "node.id", "2"));

        assertThat(refusals)
                .extracting(SettingRefusal::name)
                .containsExactly("num.partitions", "port", "zookeeper.connect");
    }

    @Test
    void unknownNameNamesTheNearestKnownOne() {
        assertThat(refused(Map.of("auto.create.topic.enable", "false")))
                .extracting(SettingRefusal::message)
                .containsExactly("auto.create.topic.enable: found 'false', expected a known name; the nearest one is "
                        + "auto.create.topics.enable");
    }

    @Test
    void listenersAndHostExcludeEachOther() {
        assertThat(refused(Map.of("listeners", "PLAINTEXT://0.0.0.0:9092", "port", "9093")))
                .extracting(SettingRefusal::name)
                .containsExactly("listeners");
    }

    @Test
    void wildcardIsNotAdvertised() {
        assertThat(refused(Map.of("advertised.listeners", "PLAINTEXT://0.0.0.0:9092")))
                .hasSize(1);
        assertThat(accepted(Map.of("listeners", "PLAINTEXT://0.0.0.0:9000"))
                        .network()
                        .advertised())
                .isEqualTo(new ListenerAddress("localhost", 9000));
    }

    @Test
    void budgetHoldsTheLargestRequest() {
        assertThat(refused(Map.of("queued.max.request.bytes", "1000"))).hasSize(1);
        assertThat(accepted(Map.of("queued.max.request.bytes", "104857600"))
                        .network()
                        .queuedMaxRequestBytes())
                .isEqualTo(104_857_600L);
    }

    @ParameterizedTest
    @CsvSource({
        "PLAINTEXT://h:1,h,1",
        "PLAINTEXT://[::1]:9092,::1,9092",
        "PLAINTEXT://:9092,'',9092",
    })
    void listenerAddressIsRead(String text, String host, int port) {
        assertThat(accepted(Map.of("listeners", text)).network().listener()).isEqualTo(new ListenerAddress(host, port));
    }

    @ParameterizedTest
    @CsvSource({
        "SSL://h:1",
        "PLAINTEXT://h",
        "PLAINTEXT://h:65536",
        "PLAINTEXT://h:x",
        "PLAINTEXT://::1:9092",
        "'PLAINTEXT://a:1,PLAINTEXT://b:2'",
        "PLAINTEXT://a b:1",
        "PLAINTEXT://a/b:1",
        "h:1"
    })
    void listenerAddressOfAnotherFormIsRefused(String text) {
        assertThat(refused(Map.of("listeners", text)))
                .extracting(SettingRefusal::expected)
                .containsExactly("one address PLAINTEXT://host:port");
    }

    private static BrokerConfig accepted(Map<String, String> given) {
        return switch (BrokerConfig.read(given)) {
            case BrokerConfig.Read.Config(BrokerConfig config) -> config;
            case BrokerConfig.Read.Refused refused -> throw new AssertionError(refused);
        };
    }

    private static List<SettingRefusal> refused(Map<String, String> given) {
        return switch (BrokerConfig.read(given)) {
            case BrokerConfig.Read.Config config -> throw new AssertionError(config);
            case BrokerConfig.Read.Refused(List<SettingRefusal> refusals) -> refusals;
        };
    }
}
