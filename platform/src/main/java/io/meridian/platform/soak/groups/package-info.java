/// Lets members come and go in many consumer groups of a real node that is killed meanwhile, and checks from the
/// members' own logs that every promise of the classic group protocol was kept.
///
/// In: numbers of groups, members and kills, a length, a seed. Out: a few lines of facts, one result line, an exit
/// code.
///
/// A [io.meridian.platform.soak.groups.Lane] takes some groups, one after the other, and has a few members of the
/// stock client ([io.meridian.platform.soak.groups.MemberLife]) come and go in each. Every life writes a
/// [io.meridian.platform.soak.groups.MemberLog] of its own, on its own thread; the logs are read when all threads
/// have ended. The checks ([io.meridian.platform.soak.groups.OwnershipCheck],
/// [io.meridian.platform.soak.groups.CommitCheck], [io.meridian.platform.soak.groups.ContinuityCheck],
/// [io.meridian.platform.soak.groups.SurvivalCheck]) are functions of those logs and of nothing else.
///
/// All moments are `System.nanoTime()` of this one process, so they compare between members.
///
/// Deliberately absent: power loss (the simulator's subject) and the consumer protocol of KIP-848.
@NullMarked
package io.meridian.platform.soak.groups;

import org.jspecify.annotations.NullMarked;
