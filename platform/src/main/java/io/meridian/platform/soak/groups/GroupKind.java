package io.meridian.platform.soak.groups;

import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;

/// What the members of a group have in common.
enum GroupKind {
    /// No members: offsets are committed by an administrator.
    PLAIN("", false),
    EAGER(RangeAssignor.class.getName(), false),
    COOPERATIVE(CooperativeStickyAssignor.class.getName(), false),
    EAGER_STATIC(RangeAssignor.class.getName(), true),
    COOPERATIVE_STATIC(CooperativeStickyAssignor.class.getName(), true);

    private final String assignor;
    private final boolean isStatic;

    GroupKind(String assignor, boolean isStatic) {
        this.assignor = assignor;
        this.isStatic = isStatic;
    }

    /// The class that assigns partitions; empty without members.
    String assignor() {
        return assignor;
    }

    boolean isStatic() {
        return isStatic;
    }

    /// Whether members keep what they need not give up while others come and go.
    boolean isCooperative() {
        return this == COOPERATIVE || this == COOPERATIVE_STATIC;
    }
}
