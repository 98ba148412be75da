package io.meridian.simulator;

import io.meridian.base.SeededRandom;
import io.meridian.engine.node.BrokerNode;
import io.meridian.engine.node.DataDirectory;
import io.meridian.engine.node.NodeSetup;
import io.meridian.engine.replication.NodeLayout;
import io.meridian.engine.security.Authorizer;
import io.meridian.log.storage.StorageFault;
import io.meridian.settings.BrokerConfig;
import io.meridian.simulator.checker.Violation;
import io.meridian.simulator.disk.SimulatedDisk;
import io.meridian.simulator.world.SimulatedBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes the nodes of a process as the real start does: opens the data directory, then one node per loop.
final class NodesFromConfig implements SimulatedBroker.NodeFactory {
    private final int nodeCount;
    private final long hotBytes;
    private final BrokerConfig config;

    NodesFromConfig(int nodeCount, long hotBytes, Map<String, String> settings) {
        this.nodeCount = nodeCount;
        this.hotBytes = hotBytes;
        this.config = switch (BrokerConfig.read(settings)) {
            case BrokerConfig.Read.Config(BrokerConfig read) -> read;
            case BrokerConfig.Read.Refused(var refusals) ->
                throw new IllegalArgumentException("the drawn settings are refused: " + refusals);
        };
    }

    @Override
    public List<BrokerNode> start(SimulatedDisk disk, SeededRandom random) throws StorageFault {
        DataDirectory directory =
                switch (DataDirectory.open(disk, config.nodeId(), config.clusterId(), random.split())) {
                    case DataDirectory.Result.Opened(DataDirectory opened) -> opened;
                    case DataDirectory.Result.Refused(String reason) ->
                        throw new Violation("the broker refuses its own data directory: " + reason);
                };
        List<BrokerNode> nodes = new ArrayList<>();
        for (int i = 0; i < nodeCount; i++) {
            nodes.add(new BrokerNode(new NodeSetup(
                    config,
                    new NodeLayout(i, nodeCount),
                    disk,
                    directory,
                    "localhost",
                    9092,
                    Authorizer.ALLOW_ALL,
                    hotBytes,
                    random.split())));
        }
        return nodes;
    }
}
