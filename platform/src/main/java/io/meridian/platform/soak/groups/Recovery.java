package io.meridian.platform.soak.groups;

import java.util.List;

/// The outages as one member felt them.
///
/// After a restart every partition has a new leader epoch, and a client makes sure that its position is still in the
/// log before it reads on. The stock client does not do so while it waits for a rebalance, nor between two of which the
/// second follows at once because partitions were given up in the first. So if a rebalance was under way when the node
/// was killed, an outage lasts for a member until it is over: when the sessions of those who went before have ended,
/// and then that of a leader which went before it assigned anything.
final class Recovery {
    private static final long LONGEST_NS = 2L * (MemberLife.SESSION_MS + MemberLife.HEARTBEAT_MS) * 1_000_000L;

    private final List<Outage> felt;

    Recovery(MemberLog member, Circumstances circumstances) {
        this.felt = circumstances.outages().stream()
                .map(outage -> felt(member, outage, circumstances))
                .toList();
    }

    private static Outage felt(MemberLog member, Outage outage, Circumstances circumstances) {
        Outage least = outage.until(outage.readyNs() + circumstances.graceNs());
        boolean rejoinsAtOnce = false;
        for (MemberEvent event : member.events()) {
            boolean isBack = switch (event) {
                case MemberEvent.Assigned _ -> !rejoinsAtOnce;
                case MemberEvent.Read read -> isNew(read, outage, circumstances.records());
                case MemberEvent.Revoked _, MemberEvent.Lost _, MemberEvent.Committed _, MemberEvent.Closing _ -> false;
            };
            if (isBack && event.atNs() - outage.readyNs() > 0) {
                return least.until(Math.min(event.atNs(), outage.readyNs() + LONGEST_NS));
            }
            rejoinsAtOnce = switch (event) {
                case MemberEvent.Revoked revoked -> !revoked.partitions().isEmpty();
                case MemberEvent.Assigned _ -> false;
                case MemberEvent.Lost _, MemberEvent.Read _, MemberEvent.Committed _, MemberEvent.Closing _ ->
                    rejoinsAtOnce;
            };
        }
        return least.until(outage.readyNs() + LONGEST_NS);
    }

    /// Whether the record was written after the restart, and not only processed then.
    private static boolean isNew(MemberEvent.Read read, Outage outage, RecordTimes records) {
        long last = read.endOffset() - 1;
        return records.isKnown(read.partition(), last) && records.atNs(read.partition(), last) - outage.readyNs() > 0;
    }

    /// Whether something that this member did or did not do between these moments may be due to a kill.
    boolean isDisturbed(long fromNs, long untilNs) {
        return felt.stream().anyMatch(outage -> outage.meets(fromNs, untilNs));
    }
}
