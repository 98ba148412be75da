package io.meridian.platform.cli.client;

import io.meridian.platform.terminal.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Finds topics by name.
public final class Topics {
    /// What every Kafka broker takes for a topic's name.
    public static final String NAME_RULE =
            "a topic's name has 1 to 249 of the characters a-z, A-Z, 0-9, '.', '_' and '-', and is not '.' or '..'";

    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private Topics() {}

    /// Whether a broker could have a topic of this name.
    public static boolean isLegal(String name) {
        return LEGAL.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    /// Refuses a name that no topic can have.
    public static void requireLegal(String name) {
        if (!isLegal(name)) {
            throw illegal(name);
        }
    }

    /// The refusal of a name that no topic can have.
    public static Refused illegal(String name) {
        return Refused.askedWrongly("illegal topic name '" + name + "': " + NAME_RULE);
    }

    /// Every topic's name, in alphabetical order.
    public static Set<String> names(Connection connection, boolean internal) {
        ListTopicsOptions options = new ListTopicsOptions().listInternal(internal);
        return new TreeSet<>(
                connection.answer(connection.admin().listTopics(options).names()));
    }

    /// A topic.
    ///
    /// @throws Refused with the nearest name, if there is none of this name
    public static TopicDescription describe(Connection connection, String name) {
        requireLegal(name);
        KafkaFuture<TopicDescription> answer = connection
                .admin()
                .describeTopics(List.of(name))
                .topicNameValues()
                .get(name);
        try {
            return connection.attempt(Objects.requireNonNull(answer));
        } catch (ExecutionException e) {
            throw refused(Connection.cause(e), connection, name);
        }
    }

    /// The words for a failure that concerns one topic.
    public static Refused refused(Throwable failure, Connection connection, String name) {
        return switch (failure) {
            case UnknownTopicOrPartitionException _ -> unknown(connection, name);
            case InvalidTopicException _ when !isLegal(name) -> illegal(name);
            default -> ClientFailure.refused(failure, connection);
        };
    }

    /// The refusal of a name that no topic has.
    public static Refused unknown(Connection connection, String name) {
        return Refused.notFound("unknown topic '" + name + "'" + NameHint.of(name, names(connection, true))
                + "; `meridian topic list` shows all");
    }

    /// Partitions of a topic.
    ///
    /// @param only their numbers; all if empty
    /// @throws Refused if the topic has not got one of them
    public static List<TopicPartition> partitions(TopicDescription topic, Collection<Integer> only) {
        List<TopicPartition> partitions = new ArrayList<>();
        int count = topic.partitions().size();
        if (only.isEmpty()) {
            topic.partitions()
                    .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition())));
        }
        for (int partition : new TreeSet<>(only)) {
            if (partition < 0 || partition >= count) {
                throw Refused.notFound(
                        "topic '" + topic.name() + "' has no partition " + partition + ": it has 0 to " + (count - 1));
            }
            partitions.add(new TopicPartition(topic.name(), partition));
        }
        return partitions;
    }
}
