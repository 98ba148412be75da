package io.meridian.server.network;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Lines about misbehaving clients, a few per second at most, so that a client cannot fill the disk with them.
/// Confined to one loop.
final class QuietLog {
    private static final int LINES_PER_SECOND = 10;

    private final Logger log;
    private long secondBeganNs = System.nanoTime();
    private int lines;
    private long suppressed;

    QuietLog(Logger log) {
        this.log = log;
    }

    void line(Level level, String message, String peer, String error) {
        long nowNs = System.nanoTime();
        if (nowNs - secondBeganNs >= TimeUnit.SECONDS.toNanos(1)) {
            secondBeganNs = nowNs;
            lines = 0;
        }
        if (lines >= LINES_PER_SECOND) {
            suppressed++;
            return;
        }
        lines++;
        var line = log.atLevel(level).addKeyValue("peer", peer).addKeyValue("error", error);
        if (suppressed > 0) {
            line = line.addKeyValue("suppressed", suppressed);
            suppressed = 0;
        }
        line.log(message);
    }
}
