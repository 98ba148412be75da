package io.meridian.server.network;

import io.meridian.server.file.OpenFiles;
import io.meridian.server.metrics.NetworkMetrics;
import io.meridian.server.runtime.AcceptGate;
import io.meridian.settings.ConnectionLimits;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets clients' connections in: as many as may be open, and no faster than may come.
///
/// Of an address that is too fast, a connection is let in and given a turn, up to five seconds later: until then
/// nothing is read from it. Who starts many clients at once is served a little later; who floods is turned away,
/// at the cost of one system call or two.
final class ConnectionGate implements AcceptGate {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);
    private static final AttributeKey<Long> DELAY_NS = AttributeKey.valueOf("meridian.delayNs");

    private final ConnectionCounts counts;
    private final CreationRate rate;
    private final OpenFiles files;
    private final NetworkMetrics metrics;
    private final RefusalLog log = new RefusalLog(LOG);

    ConnectionGate(ConnectionLimits limits, OpenFiles files, NetworkMetrics metrics) {
        this.counts = new ConnectionCounts(limits);
        this.rate = new CreationRate(limits.creationRate(), limits.creationRatePerAddress(), System.nanoTime());
        this.files = files;
        this.metrics = metrics;
        metrics.watchConnections(counts::total);
    }

    /// Takes other limits for the connections that come from now on. From any thread.
    void limit(ConnectionLimits limits) {
        counts.limit(limits);
        rate.limit(limits.creationRate(), limits.creationRatePerAddress());
    }

    /// How long nothing is to be read from a connection that was let in.
    static long delayNs(Channel connection) {
        Long delayNs = connection.attr(DELAY_NS).get();
        return delayNs == null ? 0 : delayNs;
    }

    @Override
    public boolean admits(Channel connection, EventExecutor acceptor) {
        String address = AddressKey.of(connection.remoteAddress());
        if (!files.admitsConnection()) {
            return refuse(RefusalReason.FILES, address, acceptor);
        }
        switch (counts.open(address)) {
            case TOO_MANY -> {
                return refuse(RefusalReason.TOTAL, address, acceptor);
            }
            case TOO_MANY_OF_ADDRESS -> {
                return refuse(RefusalReason.ADDRESS, address, acceptor);
            }
            case ADMITTED -> {}
        }
        long delayNs = rate.delayNs(address, System.nanoTime());
        if (delayNs == CreationRate.REFUSED) {
            counts.close(address);
            return refuse(RefusalReason.ADDRESS_RATE, address, acceptor);
        }
        if (delayNs > 0) {
            metrics.onDelayed();
            connection.attr(DELAY_NS).set(delayNs);
        }
        metrics.onAccepted();
        connection.closeFuture().addListener(_ -> counts.close(address));
        return true;
    }

    private boolean refuse(RefusalReason reason, String address, EventExecutor acceptor) {
        metrics.onRefused(reason.label());
        log.refused(reason, address, acceptor);
        return false;
    }

    @Override
    public long pauseNs() {
        return rate.pauseNs(System.nanoTime());
    }

    @Override
    public void onAcceptFailed(Throwable cause) {
        files.onExhausted();
        metrics.onAcceptFailed();
    }
}
