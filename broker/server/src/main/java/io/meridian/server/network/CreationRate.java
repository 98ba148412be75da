package io.meridian.server.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How fast connections may be created, in all and by each address: so many a second, after as many at once. Safe
/// to use from any thread; time is told.
///
/// For each address one moment is kept: when its next connection would have its turn if it had never saved up any.
/// An address whose moment is past is as good as unknown and forgotten.
final class CreationRate {
    /// The delay of a connection that has no turn within [#DELAY_MAX_NS].
    static final long REFUSED = -1;

    /// Longer than the burst of a client that starts many connections, shorter than anybody's patience.
    static final long DELAY_MAX_NS = TimeUnit.SECONDS.toNanos(5);

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int ADDRESSES_MAX = 65_536;

    private final Map<String, Long> nextByAddress = new LinkedHashMap<>(16, 0.75f, true);
    private long intervalNs;
    private long intervalPerAddressNs;
    private long nextNs;

    CreationRate(int perSecond, int perSecondAndAddress, long nowNs) {
        limit(perSecond, perSecondAndAddress);
        nextNs = nowNs;
    }

    /// Takes other rates, at least 1.
    synchronized void limit(int perSecond, int perSecondAndAddress) {
        intervalNs = SECOND_NS / perSecond;
        intervalPerAddressNs = SECOND_NS / perSecondAndAddress;
    }

    /// How long a connection of this address has to wait for its turn, which is then taken; [#REFUSED] when too
    /// long.
    synchronized long delayNs(String address, long nowNs) {
        Long known = nextByAddress.get(address);
        long next = known == null || known - nowNs < 0 ? nowNs : known;
        long delayNs = Math.max(0, next - nowNs - SECOND_NS + intervalPerAddressNs);
        if (delayNs > DELAY_MAX_NS) {
            return REFUSED;
        }
        nextByAddress.put(address, next + intervalPerAddressNs);
        forget(nowNs);
        nextNs = (nextNs - nowNs < 0 ? nowNs : nextNs) + intervalNs;
        return delayNs;
    }

    /// How long no further connection of any address may be accepted.
    synchronized long pauseNs(long nowNs) {
        return Math.max(0, nextNs - nowNs - SECOND_NS + intervalNs);
    }

    /// The two that were heard of least recently, if their time has come or there are too many.
    private void forget(long nowNs) {
        var eldest = nextByAddress.entrySet().iterator();
        for (int looked = 0; looked < 2 && eldest.hasNext(); looked++) {
            long next = eldest.next().getValue();
            if (next - nowNs < 0 || nextByAddress.size() > ADDRESSES_MAX) {
                eldest.remove();
            }
        }
    }
}
