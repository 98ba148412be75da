package io.meridian.platform.cli.group;

import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.Outcomes;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.position.Offsets;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `group describe`.
@Command(name = "describe", description = "Shows groups with their members and what each has been given.")
public final class GroupDescribeCommand extends ClientCommand {
    @Parameters(arity = "1..*", paramLabel = "GROUP", description = "Their names.")
    private List<String> names = new ArrayList<>();

    public GroupDescribeCommand(Console console) {
        super(console);
    }

    @Override
    protected ExitCode run(Connection connection) {
        return print(Outcomes.ofEach(names, name -> row(Groups.describe(connection, name))));
    }

    private static Fields row(ConsumerGroupDescription group) {
        @Nullable Node coordinator = group.coordinator();
        return Fields.of("group", group.groupId())
                .with("type", group.type().toString().toLowerCase(Locale.ROOT))
                .with("state", group.groupState().toString())
                .with("assignor", group.partitionAssignor().isEmpty() ? null : group.partitionAssignor())
                .with(
                        "coordinator",
                        coordinator == null || coordinator.isEmpty()
                                ? null
                                : coordinator.id() + " (" + coordinator.host() + ":" + coordinator.port() + ")")
                .withRows(
                        "members",
                        group.members().stream()
                                .sorted(Comparator.comparing(MemberDescription::consumerId))
                                .map(GroupDescribeCommand::member)
                                .toList());
    }

    private static Fields member(MemberDescription member) {
        return Fields.of("member", member.consumerId())
                .with("client", member.clientId())
                .with("instance", member.groupInstanceId().orElse(null))
                .with("host", member.host())
                .withTexts(
                        "partitions",
                        member.assignment().topicPartitions().stream()
                                .sorted(Offsets.ORDER)
                                .map(TopicPartition::toString)
                                .toList());
    }
}
