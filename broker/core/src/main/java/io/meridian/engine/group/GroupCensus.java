package io.meridian.engine.group;

/// How many groups there are and what they hold.
///
/// @param empty groups without members
/// @param preparing groups whose members are coming back for a new generation
/// @param completing groups that wait for their leader's assignment
/// @param stable groups whose members have their assignment
/// @param members of all groups
/// @param offsets committed and kept, of all groups
/// @param unreadableRecords stored records that said nothing to this release
public record GroupCensus(
        long empty, long preparing, long completing, long stable, long members, long offsets, long unreadableRecords) {
    public static final GroupCensus NONE = new GroupCensus(0, 0, 0, 0, 0, 0, 0);

    public GroupCensus plus(GroupCensus other) {
        return new GroupCensus(
                empty + other.empty,
                preparing + other.preparing,
                completing + other.completing,
                stable + other.stable,
                members + other.members,
                offsets + other.offsets,
                unreadableRecords + other.unreadableRecords);
    }
}
