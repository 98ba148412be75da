package io.meridian.platform.soak.groups;

import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;

/// How a life of a member ends.
enum Ending {
    /// It tells the group.
    LEAVES(GroupMembershipOperation.LEAVE_GROUP),
    /// Its connections break off; the group finds out when its session ends, or, if it is static, may see it again.
    VANISHES(GroupMembershipOperation.REMAIN_IN_GROUP);

    private final GroupMembershipOperation operation;

    Ending(GroupMembershipOperation operation) {
        this.operation = operation;
    }

    GroupMembershipOperation operation() {
        return operation;
    }
}
