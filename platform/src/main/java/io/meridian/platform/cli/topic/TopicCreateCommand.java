package io.meridian.platform.cli.topic;

import io.meridian.platform.cli.client.ChangeOptions;
import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.ClientFailure;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Outcomes;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `topic create`.
@Command(name = "create", description = "Creates topics.")
public final class TopicCreateCommand extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "TOPIC", description = "Their names.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-p", "--partitions"},
            paramLabel = "N",
            description = "Partitions of each (the broker's num.partitions).")
    private @Nullable Integer partitions;

    @Option(
            names = {"-r", "--replication-factor"},
            paramLabel = "N",
            description = "Copies of each partition (the broker's default.replication.factor).")
    private @Nullable Short replicationFactor;

    @Option(
            names = {"-c", "--config", "--set"},
            paramLabel = "name=value",
            description = "A setting; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--if-not-exists", description = "A topic that exists already is no failure.")
    private boolean ifNotExists;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    public TopicCreateCommand(Console console) {
        super(console);
    }

    @Override
    protected void check() {
        names.forEach(Topics::requireLegal);
        if (partitions != null && partitions < 1) {
            throw Refused.askedWrongly("--partitions: found " + partitions + ", expected at least 1");
        }
        if (replicationFactor != null && replicationFactor < 1) {
            throw Refused.askedWrongly("--replication-factor: found " + replicationFactor + ", expected at least 1");
        }
    }

    @Override
    protected ExitCode run(Connection connection) {
        Map<String, String> given = TopicSettingHint.read("--config", settings);
        List<NewTopic> topics = new LinkedHashSet<>(names)
                .stream()
                        .map(name -> new NewTopic(
                                        name, Optional.ofNullable(partitions), Optional.ofNullable(replicationFactor))
                                .configs(given))
                        .toList();
        CreateTopicsResult result =
                connection.admin().createTopics(topics, new CreateTopicsOptions().validateOnly(change.dryRun()));
        Outcomes outcomes = new Outcomes();
        for (NewTopic topic : topics) {
            String name = topic.name();
            try {
                connection.attempt(Objects.requireNonNull(result.values().get(name)));
                outcomes.add(Fields.of("topic", name)
                        .with("result", change.result("created"))
                        .with("partitions", count(connection, result.numPartitions(name)))
                        .with("replicationFactor", count(connection, result.replicationFactor(name))));
            } catch (ExecutionException e) {
                Throwable cause = Connection.cause(e);
                if (cause instanceof TopicExistsException && ifNotExists) {
                    outcomes.add(Fields.of("topic", name).with("result", "exists"));
                } else {
                    outcomes.add(refused(cause, connection, name, given));
                }
            }
        }
        return print(outcomes);
    }

    /// What the broker decided; older ones do not tell.
    private static Optional<Long> count(Connection connection, KafkaFuture<Integer> answer) {
        try {
            return Optional.of(connection.attempt(answer).longValue());
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    private static Refused refused(Throwable cause, Connection connection, String name, Map<String, String> settings) {
        String message = ClientFailure.message(cause);
        return switch (cause) {
            case TopicExistsException _ ->
                Refused.with(
                        ExitCode.CONFLICT,
                        "topic '" + name + "' exists already; `meridian topic describe " + name
                                + "` shows it, --if-not-exists takes it as done");
            case InvalidPartitionsException _ ->
                Refused.askedWrongly("topic '" + name + "': " + message + "; ask for another number with --partitions");
            case InvalidReplicationFactorException _ ->
                Refused.askedWrongly("topic '" + name + "': " + message
                        + "; ask for at most as many as there are brokers with --replication-factor");
            default -> TopicSettingHint.refused(cause, connection, name, settings);
        };
    }
}
