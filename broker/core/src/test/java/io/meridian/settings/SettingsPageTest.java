package io.meridian.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "configuration.md");

    /// Run with `-Dmeridian.write.pages=true` to write the page.
    @Test
    void configurationPageIsWhatTheDeclarationsSay() throws IOException {
        if (Boolean.getBoolean("meridian.write.pages")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, SettingsPage.text(), StandardCharsets.UTF_8);
        }

        String page = Files.readString(PAGE, StandardCharsets.UTF_8).replace("\r\n", "\n");

        assertThat(page).as("docs/configuration.md is stale").isEqualTo(SettingsPage.text());
    }

    @Test
    void everySettingIsOnThePage() {
        String page = SettingsPage.text();

        assertThat(BrokerSettings.CATALOGUE.names())
                .allSatisfy(name -> assertThat(page).contains("### `" + name + "`"));
        assertThat(TopicSettings.CATALOGUE.names())
                .allSatisfy(name -> assertThat(page).contains("### `" + name + "`"));
    }
}
