package io.meridian.settings;

import io.meridian.base.Setting;
import java.util.List;

/// Writes the configuration page from the declarations.
public final class SettingsPage {
    private SettingsPage() {}

    /// The whole page, in Markdown, lines ended by a line feed.
    public static String text() {
        StringBuilder page = new StringBuilder();
        page.append("# Configuration\n\n")
                .append(
                        "Made from the declarations in `io.meridian.settings`; a test fails when this page is stale.\n\n")
                .append(
                        "Names, defaults and bounds are Kafka's where Kafka has the setting. An unknown name or a value")
                .append(" out of bounds stops the start, or refuses the request, and says what is expected.\n\n")
                .append("## Of a process\n\n")
                .append("Given in the file named by `--config` or as `--set name=value`. Those marked *dynamic* can be")
                .append(" changed while the broker runs, for one broker or for all of them; what is set so is kept and")
                .append(
                        " counts before the file, one broker's before that of all. The others need a restart. Those marked")
                .append(" *topic* can also be given per topic, under the name in the second table.\n");
        for (Setting<?> setting : BrokerSettings.CATALOGUE.inOrder()) {
            appendSetting(page, setting, namesOfTopicSettings(setting));
        }
        page.append("\n## Of a topic\n\n")
                .append(
                        "Given when the topic is created, or changed later, which takes effect at once. Where a topic has")
                .append(" no value of its own, the broker's counts.\n");
        for (TopicSetting<?> setting : TopicSettings.IN_ORDER) {
            appendSetting(page, setting.setting(), namesOfSynonyms(setting));
        }
        return page.toString();
    }

    private static void appendSetting(StringBuilder page, Setting<?> setting, String relation) {
        page.append("\n### `").append(setting.name()).append("`\n\n").append(setting.meaning());
        if (!setting.consequence().isEmpty()) {
            page.append(' ').append(setting.consequence());
        }
        page.append("\n\n- type: ")
                .append(setting.type().kind().label())
                .append("; ")
                .append(setting.expected())
                .append("\n- default: ")
                .append(setting.defaultText().isEmpty() ? "empty" : "`" + setting.defaultText() + "`")
                .append('\n')
                .append(setting.scope() == Setting.Scope.PROCESS && setting.dynamic() ? "- dynamic\n" : "")
                .append(relation)
                .append("- since: ")
                .append(setting.since())
                .append('\n');
    }

    private static String namesOfTopicSettings(Setting<?> setting) {
        List<String> names = TopicSettings.IN_ORDER.stream()
                .filter(topic -> topic.synonyms().stream()
                        .anyMatch(synonym -> synonym.setting().name().equals(setting.name())))
                .map(topic -> "`" + topic.name() + "`")
                .toList();
        return names.isEmpty() ? "" : "- topic: " + String.join(", ", names) + "\n";
    }

    private static String namesOfSynonyms(TopicSetting<?> setting) {
        List<String> names = setting.synonyms().stream()
                .map(synonym -> "`" + synonym.setting().name() + "`")
                .toList();
        return names.isEmpty() ? "" : "- of the process: " + String.join(", ", names) + "\n";
    }
}
