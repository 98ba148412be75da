package io.meridian.platform.cli.group;

import io.meridian.platform.cli.client.ClientFailure;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.cli.client.NameHint;
import io.meridian.platform.cli.position.Offsets;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

/// Finds groups by name.
final class Groups {
    private static final int MEMBERS_NAMED = 5;

    private Groups() {}

    /// Every group, by name.
    static Map<String, GroupListing> list(Connection connection) {
        Map<String, GroupListing> groups = new TreeMap<>();
        connection.answer(connection.admin().listGroups().all()).forEach(group -> groups.put(group.groupId(), group));
        return groups;
    }

    /// A group, or nothing if there is none.
    static Optional<ConsumerGroupDescription> find(Connection connection, String name) {
        try {
            ConsumerGroupDescription group = connection.attempt(Objects.requireNonNull(connection
                    .admin()
                    .describeConsumerGroups(List.of(name))
                    .describedGroups()
                    .get(name)));
            return group.groupState() == GroupState.DEAD ? Optional.empty() : Optional.of(group);
        } catch (ExecutionException e) {
            Throwable cause = Connection.cause(e);
            if (cause instanceof GroupIdNotFoundException) {
                return Optional.empty();
            }
            throw refused(cause, connection, name);
        }
    }

    /// A group.
    ///
    /// @throws Refused with the nearest name, if there is none of this name
    static ConsumerGroupDescription describe(Connection connection, String name) {
        return find(connection, name).orElseThrow(() -> unknown(connection, name));
    }

    /// The refusal of a name that no group has, or none that consumes in the way that is asked about.
    static Refused unknown(Connection connection, String name) {
        Map<String, GroupListing> groups = list(connection);
        GroupListing other = groups.get(name);
        if (other != null) {
            return Refused.notFound("group '" + name + "' is no consumer group: its type is "
                    + GroupListCommand.type(other) + ", its protocol '" + other.protocol() + "'");
        }
        return Refused.notFound("unknown group '" + name + "'" + NameHint.of(name, groups.keySet())
                + "; `meridian group list` shows all");
    }

    /// Where a group is, by partition; partitions it has committed nothing for are left out.
    static Map<TopicPartition, Long> committed(Connection connection, String name) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = connection.attempt(
                    connection.admin().listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata(name));
            Map<TopicPartition, Long> committed = new TreeMap<>(Offsets.ORDER);
            offsets.forEach((partition, offset) -> {
                if (offset != null) {
                    committed.put(partition, offset.offset());
                }
            });
            return committed;
        } catch (ExecutionException e) {
            throw refused(Connection.cause(e), connection, name);
        }
    }

    /// Refuses to touch a group that somebody is in.
    static void requireEmpty(ConsumerGroupDescription group) {
        if (!group.members().isEmpty()) {
            throw inUse(group);
        }
    }

    private static Refused inUse(ConsumerGroupDescription group) {
        return Refused.with(
                ExitCode.CONFLICT,
                "group '" + group.groupId() + "' is in use by " + members(group.members())
                        + ": stop them, wait until `meridian group describe " + group.groupId()
                        + "` shows it empty, and try again");
    }

    private static String members(Collection<MemberDescription> members) {
        String named = members.stream()
                .map(Groups::member)
                .sorted()
                .limit(MEMBERS_NAMED)
                .collect(Collectors.joining(", "));
        int more = members.size() - MEMBERS_NAMED;
        return members.size() + (members.size() == 1 ? " member (" : " members (") + named
                + (more > 0 ? " and " + more + " more" : "") + ")";
    }

    /// Who a member is, as far as a person can tell: its client at its host.
    static String member(MemberDescription member) {
        String host = member.host().startsWith("/") ? member.host().substring(1) : member.host();
        return member.groupInstanceId().orElse(member.clientId()) + "@" + host;
    }

    /// The words for a failure that concerns one group.
    static Refused refused(Throwable failure, Connection connection, String name) {
        return switch (failure) {
            case GroupIdNotFoundException _ -> unknown(connection, name);
            case GroupNotEmptyException _ -> becameUsed(connection, name);
            case UnknownMemberIdException _ -> becameUsed(connection, name);
            case GroupSubscribedToTopicException _ -> becameUsed(connection, name);
            default -> ClientFailure.refused(failure, connection);
        };
    }

    private static Refused becameUsed(Connection connection, String name) {
        return find(connection, name)
                .map(Groups::inUse)
                .orElseGet(() -> Refused.with(ExitCode.CONFLICT, "group '" + name + "' was in use; try again"));
    }
}
