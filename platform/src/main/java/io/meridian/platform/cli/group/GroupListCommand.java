package io.meridian.platform.cli.group;

import io.meridian.platform.cli.client.ClientCommand;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.admin.GroupListing;
import picocli.CommandLine.Command;

/// `group list`.
@Command(name = "list", description = "Lists groups.")
public final class GroupListCommand extends ClientCommand {
    public GroupListCommand(Console console) {
        super(console);
    }

    @Override
    protected ExitCode run(Connection connection) {
        List<Fields> rows = Groups.list(connection).values().stream()
                .map(group -> Fields.of("group", group.groupId())
                        .with("type", type(group))
                        .with(
                                "state",
                                group.groupState()
                                        .map(state -> state.toString())
                                        .orElse(null))
                        .with("protocol", group.protocol().isEmpty() ? null : group.protocol()))
                .toList();
        print(rows, "there are no groups; a consumer that subscribes with a group.id makes one");
        return ExitCode.DONE;
    }

    static String type(GroupListing group) {
        return group.type()
                .map(type -> type.toString().toLowerCase(Locale.ROOT))
                .orElse("classic");
    }
}
