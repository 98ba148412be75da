package io.meridian.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// That the page in `docs` is this one is held by the tests of the platform.
class SettingsPageTest {
    @Test
    void everySettingIsOnThePage() {
        String page = SettingsPage.text();

        assertThat(BrokerSettings.CATALOGUE.names())
                .allSatisfy(name -> assertThat(page).contains("### `" + name + "`"));
        assertThat(TopicSettings.CATALOGUE.names())
                .allSatisfy(name -> assertThat(page).contains("### `" + name + "`"));
    }
}
