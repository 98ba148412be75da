package io.meridian.server.network;

import io.netty.util.concurrent.EventExecutor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/// One line for the first connection that is turned away, then one every ten seconds while more are: with how many,
/// whose most were and why. Confined to the thread that accepts.
final class RefusalLog {
    private static final int INTERVAL_SECONDS = 10;
    private static final int KINDS_MAX = 1_000;

    private record Kind(RefusalReason reason, String address) {}

    private final Logger log;
    private final Map<Kind, Long> counts = new LinkedHashMap<>();
    private long total;
    private boolean isQuiet;

    RefusalLog(Logger log) {
        this.log = log;
    }

    void refused(RefusalReason reason, String address, EventExecutor executor) {
        total++;
        Kind kind = new Kind(reason, address);
        if (counts.size() < KINDS_MAX || counts.containsKey(kind)) {
            counts.merge(kind, 1L, Long::sum);
        }
        if (!isQuiet) {
            report(executor);
        }
    }

    private void report(EventExecutor executor) {
        isQuiet = total > 0;
        if (!isQuiet) {
            return;
        }
        Map.Entry<Kind, Long> most = counts.entrySet().stream()
                .max(Comparator.comparing(Map.Entry::getValue))
                .orElseThrow();
        log.atWarn()
                .addKeyValue("peer", most.getKey().address())
                .addKeyValue("ofPeer", most.getValue())
                .addKeyValue("total", total)
                .addKeyValue("error", "limited by " + most.getKey().reason().setting())
                .log("connections refused");
        counts.clear();
        total = 0;
        var _ = executor.schedule(() -> report(executor), INTERVAL_SECONDS, TimeUnit.SECONDS);
    }
}
