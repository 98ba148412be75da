package io.meridian.protocol.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.protocol.message.MessageTypes;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

class ApiSupportTest {
    private static final int MIB = 1_024 * 1_024;

    @Test
    void whatIsAdvertisedIsWhatKafkaAdvertisesOrLess() {
        assertThat(ApiSupport.offered()).isNotEmpty().allSatisfy(support -> {
            VersionRange versions = support.advertised();
            assertThat(versions).isNotNull();
            ApiKeys kafka = ApiKeys.forId(support.apiKey().number());
            assertThat(versions.highest()).isLessThanOrEqualTo(kafka.latestVersion(false));
            assertThat(support.lowestParsed()).isGreaterThanOrEqualTo(kafka.oldestVersion());
        });
        assertThat(ApiSupport.offered().stream().map(ApiSupport::apiKey))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsParsedHasAMessage() {
        for (short key = -1; key < 120; key++) {
            for (short version = -1; version < 30; version++) {
                if (ApiSupport.parses(key, version)) {
                    assertThat(version)
                            .isBetween(MessageTypes.lowestVersion(key), MessageTypes.highestStableVersion(key));
                }
            }
        }
    }

    @Test
    void oldProduceVersionsAreAdvertisedButNotParsed() {
        short produce = ApiKey.PRODUCE.number();

        assertThat(ApiSupport.of(ApiKey.PRODUCE).advertised()).isEqualTo(new VersionRange((short) 0, (short) 13));
        assertThat(ApiSupport.parses(produce, (short) 2)).isFalse();
        assertThat(ApiSupport.parses(produce, (short) 3)).isTrue();
        assertThat(ApiSupport.parses(produce, (short) 13)).isTrue();
        assertThat(ApiSupport.parses(produce, (short) 14)).isFalse();
    }

    @Test
    void unknownAndHiddenApisAreNotParsed() {
        assertThat(ApiSupport.parses((short) 1_000, (short) 0)).isFalse();
        assertThat(ApiSupport.parses(ApiKey.ADD_PARTITIONS_TO_TXN.number(), (short) 5))
                .isFalse();
    }

    @Test
    void framesAreAsLargeAsTheApiNeeds() {
        assertThat(ApiSupport.of(ApiKey.PRODUCE).maxFrameBytes()).isEqualTo(100 * MIB);
        assertThat(ApiSupport.of(ApiKey.OFFSET_COMMIT).maxFrameBytes()).isEqualTo(8 * MIB);
        assertThat(ApiSupport.of(ApiKey.VOTE).maxFrameBytes()).isEqualTo(MIB);
        assertThat(ApiSupport.of(ApiKey.FETCH).limits().maxArrayElements()).isEqualTo(10_000);
    }
}
