package io.meridian.platform.cli.topic;

import io.meridian.platform.cli.client.ChangeOptions;
import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.ConfirmOptions;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Outcomes;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.position.Offsets;
import io.meridian.platform.cli.position.PartitionRange;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `topic delete`.
@Command(name = "delete", description = "Deletes topics with all their records.")
public final class TopicDeleteCommand extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "TOPIC", description = "Their names.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--if-exists", description = "A topic that does not exist is no failure.")
    private boolean ifExists;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Mixin
    private ConfirmOptions confirm = new ConfirmOptions();

    public TopicDeleteCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        names.forEach(Topics::requireLegal);
    }

    @Override
    protected ExitCode run(Connection connection) {
        return print(Outcomes.ofEach(names, name -> deleteWhatIsThere(connection, name)));
    }

    private Fields deleteWhatIsThere(Connection connection, String name) {
        try {
            return delete(connection, name);
        } catch (Refused refused) {
            if (ifExists && refused.exitCode() == ExitCode.NOT_FOUND) {
                return Fields.of("topic", name).with("result", "does not exist");
            }
            throw refused;
        }
    }

    private Fields delete(Connection connection, String name) {
        TopicDescription topic = Topics.describe(connection, name);
        List<TopicPartition> partitions = Topics.partitions(topic, List.of());
        long records = Offsets.ranges(connection, partitions).values().stream()
                .mapToLong(PartitionRange::count)
                .sum();
        if (!change.dryRun()) {
            confirm.confirm(console(), "Topic " + name + " with " + records + " records will be gone for good.", name);
            try {
                connection.attempt(Objects.requireNonNull(connection
                        .admin()
                        .deleteTopics(List.of(name))
                        .topicNameValues()
                        .get(name)));
            } catch (ExecutionException e) {
                throw Topics.refused(Connection.cause(e), connection, name);
            }
        }
        return Fields.of("topic", name)
                .with("result", change.result("deleted"))
                .with("partitions", partitions.size())
                .with("records", records);
    }
}
