package io.meridian.platform.compat.group;

import java.util.List;

/// What a member program is told at its start.
///
/// @param protocol `range` or `cooperative`; a client may have a like one of another name
/// @param instance the static member's name, or `-`
/// @param resets whether it sets the group's offsets back to the beginning before it joins
record MemberArguments(String topic, String group, String protocol, String instance, boolean resets) {
    static MemberArguments of(String topic, String group) {
        return new MemberArguments(topic, group, "range", "-", false);
    }

    MemberArguments cooperative() {
        return new MemberArguments(topic, group, "cooperative", instance, resets);
    }

    MemberArguments named(String name) {
        return new MemberArguments(topic, group, protocol, name, resets);
    }

    MemberArguments resetting() {
        return new MemberArguments(topic, group, protocol, instance, true);
    }

    List<String> list(String bootstrap) {
        return List.of(bootstrap, topic, group, protocol, instance, resets ? "reset" : "-");
    }
}
