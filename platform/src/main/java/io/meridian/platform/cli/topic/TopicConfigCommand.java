package io.meridian.platform.cli.topic;

import io.meridian.platform.cli.client.ChangeOptions;
import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.NameHint;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `topic config`.
@Command(name = "config", description = "Shows or changes the settings of a topic.")
public final class TopicConfigCommand extends ClientCommand {
    @Parameters(index = "0", paramLabel = "TOPIC", description = "Its name.")
    private String topic = "";

    @Option(
            names = {"-s", "--set"},
            paramLabel = "name=value",
            description = "Gives the topic a value of its own; may be repeated.")
    private List<String> set = new ArrayList<>();

    @Option(
            names = {"-d", "--unset", "--delete"},
            paramLabel = "name",
            description = "Takes the topic's own value away, so that the broker's counts; may be repeated.")
    private List<String> unset = new ArrayList<>();

    @Option(names = "--own", description = "Shows only the settings that the topic has a value of its own for.")
    private boolean own;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    public TopicConfigCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        Topics.requireLegal(topic);
        Map<String, String> settings = TopicSettingHint.read("--set", set);
        for (String name : unset) {
            if (settings.containsKey(name)) {
                throw Refused.askedWrongly("--set and --unset both name " + name + ": choose one");
            }
        }
    }

    @Override
    protected ExitCode run(Connection connection) {
        Topics.describe(connection, topic);
        Map<String, ConfigEntry> before = TopicConfigs.of(connection, topic);
        Map<String, String> settings = new TreeMap<>(TopicSettingHint.read("--set", set));
        if (settings.isEmpty() && unset.isEmpty()) {
            return show(before);
        }
        return alter(connection, before, settings);
    }

    private ExitCode show(Map<String, ConfigEntry> settings) {
        List<Fields> rows = settings.values().stream()
                .filter(entry -> !own || entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .map(entry -> Fields.of("name", entry.name())
                        .with("value", entry.value())
                        .with("source", TopicConfigs.source(entry)))
                .toList();
        print(rows, "topic '" + topic + "' has no settings of its own");
        return ExitCode.DONE;
    }

    private ExitCode alter(Connection connection, Map<String, ConfigEntry> before, Map<String, String> settings) {
        List<AlterConfigOp> operations = new ArrayList<>();
        settings.forEach((name, value) ->
                operations.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        for (String name : unset) {
            if (!before.containsKey(name)) {
                throw Refused.askedWrongly(
                        "--unset: topics have no setting '" + name + "'" + NameHint.of(name, before.keySet()));
            }
            operations.add(new AlterConfigOp(new ConfigEntry(name, ""), AlterConfigOp.OpType.DELETE));
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            connection.attempt(Objects.requireNonNull(connection
                    .admin()
                    .incrementalAlterConfigs(
                            Map.of(resource, operations), new AlterConfigsOptions().validateOnly(change.dryRun()))
                    .values()
                    .get(resource)));
        } catch (ExecutionException e) {
            throw TopicSettingHint.refused(Connection.cause(e), connection, topic, settings);
        }
        List<Fields> rows = new ArrayList<>();
        settings.forEach((name, value) -> rows.add(row(name, before.get(name), value, "set")));
        Map<String, ConfigEntry> after = change.dryRun() ? Map.of() : TopicConfigs.of(connection, topic);
        unset.forEach(name -> {
            ConfigEntry now = after.get(name);
            rows.add(row(name, before.get(name), now == null ? withoutOwn(before.get(name)) : now.value(), "unset"));
        });
        print(rows, "nothing to do");
        return ExitCode.DONE;
    }

    private Fields row(String name, @Nullable ConfigEntry before, @Nullable String after, String done) {
        return Fields.of("name", name)
                .with("before", before == null ? null : before.value())
                .with("after", after)
                .with("result", change.result(done));
    }

    /// The value that will count when the topic has none of its own, as far as the broker tells before.
    private static @Nullable String withoutOwn(@Nullable ConfigEntry entry) {
        if (entry == null) {
            return null;
        }
        return entry.synonyms().stream()
                .filter(synonym -> synonym.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .findFirst()
                .map(ConfigEntry.ConfigSynonym::value)
                .orElse(null);
    }
}
