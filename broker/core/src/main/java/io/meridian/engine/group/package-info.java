/// Consumer groups of the classic protocol, and the offsets that groups commit.
///
/// [GroupShard] is the entrance: one per partition of the offsets topic, driven by a shard runtime. It finds the
/// [ClassicGroup] a [GroupQuestion] is about and hands it to the rules: [JoinRules], [SyncRules], [LeaveRules],
/// [OffsetRules], with [Rebalance] holding the phases they share. Everything they decide goes into a draft.
///
/// ```
///            first member joins            all joined, or time is up         the leader has assigned
///   Empty ------------------> PreparingRebalance ---------> CompletingRebalance ---------> Stable
///     ^                         |     ^   ^                        |                         |
///     |   nobody is left        |     |   |  a member joins anew,  |                         |
///     +-------------------------+     |   +--leaves or is silent---+                         |
///                                     +------------------------------------------------------+
/// ```
///
/// What outlives this process are the offsets, and of a group its last complete generation. After a load members
/// have their whole session timeout to be heard of again; a rebalance that was under way is begun anew by the
/// members, who find their generation or their member id gone.
///
/// Sources: the group membership protocol (KIP-62, KIP-134, KIP-345, KIP-394, KIP-429, KIP-559, KIP-800, KIP-814),
/// offset expiry (KIP-186, KIP-211), epochs of offsets (KIP-320).
@NullMarked
package io.meridian.engine.group;

import org.jspecify.annotations.NullMarked;
