package io.meridian.platform.cli.group;

import io.meridian.platform.cli.client.ChangeOptions;
import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.ConfirmOptions;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Outcomes;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.position.Offsets;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `group delete`.
@Command(name = "delete", description = "Deletes groups that nobody is in, or what they committed for some topics.")
public final class GroupDeleteCommand extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "GROUP", description = "Their names.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC[:N,..]",
            description = "Only what they committed for this topic, or these partitions of it; may be repeated.")
    private List<String> topics = new ArrayList<>();

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Mixin
    private ConfirmOptions confirm = new ConfirmOptions();

    public GroupDeleteCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        selections();
    }

    private List<TopicSelection> selections() {
        return topics.stream().map(TopicSelection::parse).toList();
    }

    @Override
    protected ExitCode run(Connection connection) {
        return print(Outcomes.ofEach(names, name -> delete(connection, name)));
    }

    private Fields delete(Connection connection, String name) {
        if (topics.isEmpty()) {
            Groups.requireEmpty(Groups.describe(connection, name));
        } else {
            Groups.describe(connection, name);
        }
        Map<TopicPartition, Long> committed = Groups.committed(connection, name);
        Set<TopicPartition> gone = new TreeSet<>(Offsets.ORDER);
        committed.keySet().stream().filter(this::isNamed).forEach(gone::add);
        if (!change.dryRun()) {
            confirm.confirm(console(), gone.size() + " committed offsets of group " + name + " will be gone.", name);
            try {
                delete(connection, name, gone);
            } catch (ExecutionException e) {
                throw Groups.refused(Connection.cause(e), connection, name);
            }
        }
        return Fields.of("group", name)
                .with("result", change.result(topics.isEmpty() ? "deleted" : "cleared"))
                .with("offsets", gone.size());
    }

    private boolean isNamed(TopicPartition partition) {
        return topics.isEmpty()
                || selections().stream()
                        .anyMatch(selection -> selection.topic().equals(partition.topic())
                                && (selection.partitions().isEmpty()
                                        || selection.partitions().contains(partition.partition())));
    }

    private void delete(Connection connection, String name, Set<TopicPartition> gone) throws ExecutionException {
        if (topics.isEmpty()) {
            connection.attempt(Objects.requireNonNull(connection
                    .admin()
                    .deleteConsumerGroups(List.of(name))
                    .deletedGroups()
                    .get(name)));
        } else if (!gone.isEmpty()) {
            connection.attempt(
                    connection.admin().deleteConsumerGroupOffsets(name, gone).all());
        }
    }
}
