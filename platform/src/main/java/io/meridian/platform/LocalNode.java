package io.meridian.platform;

import com.sun.management.OperatingSystemMXBean;
import io.meridian.base.SettingRefusal;
import io.meridian.engine.effect.StartReport;
import io.meridian.platform.terminal.Refused;
import io.meridian.server.BrokerServer;
import io.meridian.server.ServerSettings;
import io.meridian.server.runtime.EngineNodes;
import io.meridian.server.runtime.FatalFaults;
import io.meridian.server.runtime.StartRefused;
import io.meridian.settings.BrokerConfig;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/// A node in this process, from its settings to its end.
final class LocalNode implements AutoCloseable {
    /// Of what was appended and read last, one part in so many of the machine's memory is taken to be in the page
    /// cache. Well below what the cache can have: a range that is wrongly taken to be there makes an event loop
    /// wait for the disk, one that is wrongly taken not to be is only read once more than needed.
    private static final int HOT_SHARE = 4;

    private final BrokerServer server;
    private final StartReport report;

    private LocalNode(BrokerServer server, StartReport report) {
        this.server = server;
        this.report = report;
    }

    /// Starts a node and returns when its listener accepts and every local log is recovered.
    ///
    /// @throws Refused if a setting, a port or the data directory does not allow it
    static LocalNode start(Path data, SortedMap<String, String> settings) throws InterruptedException {
        BrokerConfig config = read(settings);
        BrokerServer server = open(data, config);
        try {
            return new LocalNode(server, server.ready().get());
        } catch (ExecutionException failed) {
            server.stop();
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw Refused.couldNot(String.valueOf(cause.getMessage()));
        }
    }

    private static BrokerServer open(Path data, BrokerConfig config) throws InterruptedException {
        ServerSettings settings = ServerSettings.of(data, config, PlatformDependent.maxDirectMemory())
                .withVersion(Version.number());
        try {
            FatalFaults faults = FatalFaults.haltingProcess();
            faults.watchAllThreads();
            return BrokerServer.start(settings, new EngineNodes(config, hotBytes()), faults);
        } catch (StartRefused refused) {
            throw Refused.couldNot(String.valueOf(refused.getMessage()));
        }
    }

    /// A container's limit counts as the machine's memory.
    private static long hotBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() / HOT_SHARE;
    }

    private static BrokerConfig read(SortedMap<String, String> settings) {
        return switch (BrokerConfig.read(settings)) {
            case BrokerConfig.Read.Config(BrokerConfig config) -> config;
            case BrokerConfig.Read.Refused(List<SettingRefusal> refusals) ->
                throw Refused.askedWrongly(
                        refusals.stream().map(SettingRefusal::message).collect(Collectors.joining("; ")));
        };
    }

    int clientPort() {
        return server.clientPort();
    }

    int httpPort() {
        return server.httpPort();
    }

    /// What was found at the start.
    StartReport report() {
        return report;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
