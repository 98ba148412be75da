package io.meridian.engine.metadata;

import static io.meridian.engine.metadata.MetadataBed.configured;
import static io.meridian.engine.metadata.MetadataBed.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.engine.metadata.ControllerCommand.AlterConfigs;
import io.meridian.engine.metadata.ControllerCommand.ConfigAlteration;
import io.meridian.engine.metadata.ControllerCommand.ConfigChange;
import io.meridian.engine.metadata.ControllerCommand.ConfigOperation;
import io.meridian.engine.metadata.ControllerReply.ConfigAlterationResult;
import io.meridian.engine.metadata.ControllerReply.ConfigsAltered;
import io.meridian.engine.metadata.image.ConfigResource;
import io.meridian.protocol.api.ErrorCode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlterConfigsTest {
    private static final ConfigResource A = ConfigResource.topic("a");
    private static final ConfigResource SELF = ConfigResource.broker(1);

    private final MetadataBed bed = MetadataBed.withBrokers(1);

    AlterConfigsTest() {
        bed.created(configured("a", "retention.ms", "1"));
    }

    @Test
    void valuesAreSetAndDeletedAndTheOthersStay() {
        assertThat(error(A, set("segment.ms", "5"))).isEqualTo(ErrorCode.NONE);
        assertThat(bed.image.configs().topicConfig("a")).isEqualTo(Map.of("retention.ms", "1", "segment.ms", "5"));

        assertThat(error(A, delete("retention.ms"), delete("segment.bytes"), delete("nonsense")))
                .isEqualTo(ErrorCode.NONE);
        assertThat(bed.image.configs().topicConfig("a")).isEqualTo(Map.of("segment.ms", "5"));
    }

    @Test
    void whatChangesNothingIsNotWritten() {
        long before = bed.image.metadataOffset();

        assertThat(error(A, set("retention.ms", "1"), delete("segment.ms"))).isEqualTo(ErrorCode.NONE);

        assertThat(bed.image.metadataOffset()).isEqualTo(before);
    }

    @Test
    void replacingRemovesWhatIsNotNamed() {
        assertThat(alter(false, new ConfigAlteration(A, true, List.of(set("segment.ms", "5"))))
                        .getFirst()
                        .error())
                .isEqualTo(ErrorCode.NONE);

        assertThat(bed.image.configs().topicConfig("a")).isEqualTo(Map.of("segment.ms", "5"));
    }

    @Test
    void listsGrowAndShrinkFromWhatCountsNow() {
        assertThat(error(A, change("cleanup.policy", ConfigOperation.APPEND, "compact")))
                .isEqualTo(ErrorCode.NONE);
        assertThat(value(A, "cleanup.policy")).isEqualTo("delete,compact");
        error(A, change("cleanup.policy", ConfigOperation.APPEND, "compact, delete"));
        assertThat(value(A, "cleanup.policy")).isEqualTo("delete,compact");
        error(A, change("cleanup.policy", ConfigOperation.SUBTRACT, "delete"));
        assertThat(value(A, "cleanup.policy")).isEqualTo("compact");
        error(A, change("cleanup.policy", ConfigOperation.SUBTRACT, "compact"));
        assertThat(value(A, "cleanup.policy")).isEmpty();

        error(ConfigResource.ALL_BROKERS, set("log.cleanup.policy", "compact"));
        error(A, delete("cleanup.policy"));
        error(A, change("cleanup.policy", ConfigOperation.APPEND, "delete"));
        assertThat(value(A, "cleanup.policy")).isEqualTo("compact,delete");
    }

    @Test
    void onlyListsCanBeAppendedTo() {
        assertThat(result(A, change("retention.ms", ConfigOperation.APPEND, "7")))
                .satisfies(result -> {
                    assertThat(result.error()).isEqualTo(ErrorCode.INVALID_CONFIG);
                    assertThat(result.detail()).contains("retention.ms", "no list");
                });
        assertThat(error(A, change("cleanup.policy", ConfigOperation.APPEND, "sometimes")))
                .isEqualTo(ErrorCode.INVALID_CONFIG);
    }

    @Test
    void badValueOfATopicIsInvalidConfigAndNothingOfTheResourceChanges() {
        ConfigAlterationResult result = result(A, set("segment.ms", "5"), set("retention.ms", "soon"));

        assertThat(result.error()).isEqualTo(ErrorCode.INVALID_CONFIG);
        assertThat(result.detail())
                .contains("retention.ms", "soon", "whole number")
                .doesNotContain("\n");
        assertThat(bed.image.configs().topicConfig("a")).isEqualTo(Map.of("retention.ms", "1"));
        assertThat(error(A, set("retention.mss", "5"))).isEqualTo(ErrorCode.INVALID_CONFIG);
        assertThat(error(A, set("min.compaction.lag.ms", "9"), set("max.compaction.lag.ms", "2")))
                .isEqualTo(ErrorCode.INVALID_CONFIG);
        assertThat(error(A, set("leader.replication.throttled.replicas", "1:1,".repeat(9_000))))
                .isEqualTo(ErrorCode.INVALID_CONFIG);
    }

    @Test
    void badValueOfABrokerIsInvalidRequestAsKafkaHasIt() {
        assertThat(error(SELF, set("message.max.bytes", "much"))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(error(SELF, set("nonsense", "1"))).isEqualTo(ErrorCode.INVALID_CONFIG);
    }

    @Test
    void settingThatOnlyAStartCanChangeIsRefusedByName() {
        assertThat(result(SELF, set("node.id", "7"))).satisfies(result -> {
            assertThat(result.error()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(result.detail()).contains("node.id", "7", "while the broker runs");
        });
        assertThat(error(ConfigResource.ALL_BROKERS, set("num.partitions", "7")))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(error(SELF, delete("node.id"))).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void sameKeyTwiceContradictsItself() {
        assertThat(error(A, set("retention.ms", "2"), delete("retention.ms"))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(value(A, "retention.ms")).isEqualTo("1");
    }

    @Test
    void nullIsNoValue() {
        assertThat(error(A, set("retention.ms", null))).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(error(A, change("cleanup.policy", ConfigOperation.APPEND, null)))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void resourceThatIsNotThereIsRefusedAndTheOthersAreAltered() {
        bed.created(topic("b", 1, 1));

        assertThat(alter(
                        false,
                        setting(ConfigResource.topic("none")),
                        setting(ConfigResource.topic("no/where")),
                        setting(ConfigResource.topic("")),
                        setting(ConfigResource.broker(77)),
                        setting(new ConfigResource(ConfigResource.Type.BROKER, "x")),
                        setting(new ConfigResource(ConfigResource.Type.BROKER, "01")),
                        setting(ConfigResource.topic("b"))))
                .extracting(ConfigAlterationResult::error)
                .containsExactly(
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        ErrorCode.INVALID_TOPIC_EXCEPTION,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.BROKER_ID_NOT_REGISTERED,
                        ErrorCode.BROKER_ID_NOT_REGISTERED,
                        ErrorCode.BROKER_ID_NOT_REGISTERED,
                        ErrorCode.NONE);
        assertThat(value(ConfigResource.topic("b"), "retention.ms")).isEqualTo("9");
    }

    @Test
    void resourceNamedTwiceStaysAsItIs() {
        assertThat(alter(false, setting(A), setting(A)))
                .extracting(ConfigAlterationResult::error)
                .containsExactly(ErrorCode.INVALID_REQUEST, ErrorCode.INVALID_REQUEST);
        assertThat(value(A, "retention.ms")).isEqualTo("1");
    }

    @Test
    void whatIsOnlyValidatedIsRefusedOrNotAndNeverWritten() {
        assertThat(alter(true, setting(A)).getFirst().error()).isEqualTo(ErrorCode.NONE);
        assertThat(alter(true, setting(ConfigResource.topic("none"))).getFirst().error())
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(value(A, "retention.ms")).isEqualTo("1");
    }

    private static ConfigAlteration setting(ConfigResource resource) {
        return new ConfigAlteration(resource, false, List.of(set("retention.ms", "9")));
    }

    private String value(ConfigResource resource, String name) {
        return bed.image.configs().config(resource).getOrDefault(name, "(none)");
    }

    private ErrorCode error(ConfigResource resource, ConfigChange... changes) {
        return result(resource, changes).error();
    }

    private ConfigAlterationResult result(ConfigResource resource, ConfigChange... changes) {
        return alter(false, new ConfigAlteration(resource, false, List.of(changes)))
                .getFirst();
    }

    private List<ConfigAlterationResult> alter(boolean validateOnly, ConfigAlteration... alterations) {
        return ((ConfigsAltered) bed.run(new AlterConfigs(List.of(alterations), validateOnly))).results();
    }

    private static ConfigChange set(String name, @Nullable String value) {
        return change(name, ConfigOperation.SET, value);
    }

    private static ConfigChange delete(String name) {
        return change(name, ConfigOperation.DELETE, null);
    }

    private static ConfigChange change(String name, ConfigOperation operation, @Nullable String value) {
        return new ConfigChange(name, operation, value);
    }
}
