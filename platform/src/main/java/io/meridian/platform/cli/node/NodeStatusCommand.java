package io.meridian.platform.cli.node;

import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Topics;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// `node status`.
@Command(name = "status", description = "Shows the nodes of a cluster, what they lead and how full their disks are.")
public final class NodeStatusCommand extends ClientCommand {
    public NodeStatusCommand(Console console) {
        super(console);
    }

    @Override
    protected ExitCode run(Connection connection) {
        DescribeClusterResult cluster =
                connection.admin().describeCluster(new DescribeClusterOptions().includeFencedBrokers(false));
        Collection<Node> nodes = connection.answer(cluster.nodes());
        @Nullable Node controller = connection.answer(cluster.controller());
        Counts counts = Counts.of(topics(connection));
        Map<Integer, KafkaFuture<Map<String, LogDirDescription>>> directories = connection
                .admin()
                .describeLogDirs(nodes.stream().map(Node::id).toList())
                .descriptions();
        List<Fields> rows = new ArrayList<>();
        nodes.stream()
                .sorted(Comparator.comparingInt(Node::id))
                .forEach(node -> rows.add(row(node, controller, counts, disk(connection, directories.get(node.id())))));
        print(
                List.of(Fields.of("cluster", connection.answer(cluster.clusterId()))
                        .with("topics", counts.topics())
                        .with("partitions", counts.partitions())
                        .with("underReplicated", counts.underReplicated())
                        .with("withoutLeader", counts.withoutLeader())
                        .withRows("nodes", rows)),
                "");
        return ExitCode.DONE;
    }

    private static Collection<TopicDescription> topics(Connection connection) {
        return connection
                .answer(connection
                        .admin()
                        .describeTopics(Topics.names(connection, true))
                        .allTopicNames())
                .values();
    }

    private static Fields row(Node node, @Nullable Node controller, Counts counts, Disk disk) {
        return Fields.of("node", node.id())
                .with("address", node.host() + ":" + node.port())
                .with("rack", node.rack())
                .with("controller", controller != null && controller.id() == node.id())
                .with("leaders", counts.leaders().getOrDefault(node.id(), 0))
                .with("replicas", counts.replicas().getOrDefault(node.id(), 0))
                .with("logBytes", disk.logBytes())
                .with("freeBytes", disk.freeBytes())
                .with("offlineDirectories", disk.offline());
    }

    /// What the topics say, by node.
    private record Counts(
            int topics,
            int partitions,
            int underReplicated,
            int withoutLeader,
            Map<Integer, Integer> leaders,
            Map<Integer, Integer> replicas) {
        static Counts of(Collection<TopicDescription> topics) {
            Map<Integer, Integer> leaders = new TreeMap<>();
            Map<Integer, Integer> replicas = new TreeMap<>();
            int partitions = 0;
            int underReplicated = 0;
            int withoutLeader = 0;
            for (TopicDescription topic : topics) {
                for (TopicPartitionInfo partition : topic.partitions()) {
                    partitions++;
                    underReplicated +=
                            partition.isr().size() < partition.replicas().size() ? 1 : 0;
                    @Nullable Node leader = partition.leader();
                    if (leader == null || leader.isEmpty()) {
                        withoutLeader++;
                    } else {
                        leaders.merge(leader.id(), 1, Integer::sum);
                    }
                    partition.replicas().forEach(replica -> replicas.merge(replica.id(), 1, Integer::sum));
                }
            }
            return new Counts(topics.size(), partitions, underReplicated, withoutLeader, leaders, replicas);
        }
    }

    /// What a node says of its directories; nothing if it does not tell.
    private record Disk(Optional<Long> logBytes, Optional<Long> freeBytes, Optional<Long> offline) {}

    private static Disk disk(Connection connection, @Nullable KafkaFuture<Map<String, LogDirDescription>> answer) {
        Disk unknown = new Disk(Optional.empty(), Optional.empty(), Optional.empty());
        if (answer == null) {
            return unknown;
        }
        try {
            long used = 0;
            long free = 0;
            boolean freeKnown = true;
            long offline = 0;
            for (LogDirDescription directory : connection.attempt(answer).values()) {
                used += directory.replicaInfos().values().stream()
                        .mapToLong(ReplicaInfo::size)
                        .sum();
                freeKnown &= directory.usableBytes().isPresent();
                free += directory.usableBytes().orElse(0);
                offline += directory.error() == null ? 0 : 1;
            }
            return new Disk(Optional.of(used), freeKnown ? Optional.of(free) : Optional.empty(), Optional.of(offline));
        } catch (ExecutionException e) {
            return unknown;
        }
    }
}
