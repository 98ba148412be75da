package io.meridian.server.runtime;

import io.meridian.engine.node.BrokerNode;
import io.meridian.engine.node.DataDirectory;
import io.meridian.engine.node.NodeSetup;
import io.meridian.engine.replication.NodeLayout;
import io.meridian.engine.security.Authorizer;
import io.meridian.log.storage.StorageFault;
import io.meridian.settings.BrokerConfig;
import io.meridian.settings.ListenerAddress;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds the engine's nodes from a broker's configuration.
///
/// @param hotBytes how much of what was written and read last counts as being in memory, all nodes together
public record EngineNodes(BrokerConfig config, long hotBytes) implements NodeFactory {
    private static final Logger LOG = LoggerFactory.getLogger(EngineNodes.class);

    @Override
    public List<EngineNode> create(Site site) throws StartRefused {
        DataDirectory directory = open(site);
        directory
                .warnings()
                .forEach(warning -> LOG.atWarn().addKeyValue("error", warning).log("checkpoint not usable"));
        ListenerAddress advertised = config.network().advertised();
        int port = advertised.port() == 0 ? site.port() : advertised.port();
        List<EngineNode> nodes = new ArrayList<>();
        for (int index = 0; index < site.count(); index++) {
            nodes.add(new EngineNode(new BrokerNode(new NodeSetup(
                    config,
                    new NodeLayout(index, site.count()),
                    site.storage(),
                    directory,
                    advertised.host(),
                    port,
                    Authorizer.ALLOW_ALL,
                    hotBytes / site.count(),
                    site.random().split()))));
        }
        return nodes;
    }

    private DataDirectory open(Site site) throws StartRefused {
        try {
            return switch (DataDirectory.open(site.storage(), config.nodeId(), config.clusterId(), site.random())) {
                case DataDirectory.Result.Opened(DataDirectory directory) -> directory;
                case DataDirectory.Result.Refused(String reason) -> throw new StartRefused(reason);
            };
        } catch (StorageFault fault) {
            throw new StartRefused("the data directory cannot be read: " + fault.getMessage(), fault);
        }
    }
}
