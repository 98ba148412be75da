package io.meridian.platform.cli.topic;

import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.output.OutputFormat;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `topic list`.
@Command(name = "list", description = "Lists topics.")
public final class TopicListCommand extends ClientCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "Only names that match; * stands for any characters.")
    private @Nullable String pattern;

    @Option(names = "--internal", description = "Shows the topics that brokers keep for themselves, too.")
    private boolean internal;

    public TopicListCommand(Console console) {
        super(console);
    }

    @Override
    protected ExitCode run(Connection connection) {
        Set<String> names = new TreeSet<>(Topics.names(connection, internal));
        String given = pattern;
        if (given != null) {
            names.removeIf(name -> !Glob.matches(given, name));
        }
        List<Fields> rows = new ArrayList<>();
        if (format() == OutputFormat.NAME) {
            names.forEach(name -> rows.add(Fields.of("topic", name)));
        } else {
            describe(connection, names).values().forEach(topic -> rows.add(row(topic)));
        }
        print(rows, given == null ? "there are no topics; `meridian topic create NAME` makes one" : "no topic matches");
        return ExitCode.DONE;
    }

    /// A topic that is deleted meanwhile is left out.
    private static Map<String, TopicDescription> describe(Connection connection, Set<String> names) {
        Map<String, TopicDescription> topics = new TreeMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers =
                connection.admin().describeTopics(names).topicNameValues();
        answers.forEach((name, answer) -> {
            try {
                topics.put(name, connection.attempt(answer));
            } catch (ExecutionException e) {
                if (!(Connection.cause(e) instanceof UnknownTopicOrPartitionException)) {
                    throw Topics.refused(Connection.cause(e), connection, name);
                }
            }
        });
        return topics;
    }

    private static Fields row(TopicDescription topic) {
        int replicas = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .max()
                .orElse(0);
        return Fields.of("topic", topic.name())
                .with("partitions", topic.partitions().size())
                .with("replicationFactor", replicas)
                .with("internal", topic.isInternal());
    }
}
