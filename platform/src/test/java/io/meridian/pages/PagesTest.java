package io.meridian.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.protocol.api.ApiSupport;
import io.meridian.server.metrics.BrokerMetric;
import io.meridian.server.metrics.MetricsPage;
import io.meridian.settings.SettingsPage;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PagesTest {
    static Stream<GeneratedPage> pages() {
        return Stream.of(
                new GeneratedPage("configuration.md", SettingsPage.text()),
                new GeneratedPage("metrics.md", MetricsPage.text()),
                new GeneratedPage("protocol-support.md", ProtocolPage.text()));
    }

    /// Run with `-Dmeridian.write.pages=true` to write the pages.
    @ParameterizedTest
    @MethodSource("pages")
    void pageIsWhatTheDeclarationsSay(GeneratedPage page) throws IOException {
        page.check();
    }

    @Test
    void everyMetricIsOnItsPage() {
        String page = MetricsPage.text();

        assertThat(BrokerMetric.values())
                .allSatisfy(metric -> assertThat(page).contains("| `" + metric.exportedName() + "` |"));
    }

    @Test
    void everyApiOfKafkasBrokersIsOnItsPage() {
        String page = ProtocolPage.text();

        assertThat(ApiKeys.apisForListener(ApiMessageType.ListenerType.BROKER))
                .allSatisfy(api -> assertThat(page).contains("| " + api.id + " | " + api.name + " |"));
        assertThat(ApiSupport.offered())
                .allSatisfy(api -> assertThat(page).contains("| " + api.apiKey().apiName() + " | "));
    }
}
