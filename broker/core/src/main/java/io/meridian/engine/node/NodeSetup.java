package io.meridian.engine.node;

import io.meridian.base.SeededRandom;
import io.meridian.engine.replication.NodeLayout;
import io.meridian.engine.security.Authorizer;
import io.meridian.log.storage.LogStorage;
import io.meridian.settings.BrokerConfig;

/// What a node is made from.
///
/// @param directory what the log directory said when the process started
/// @param host where clients reach this broker
/// @param port where clients reach this broker
/// @param hotBytes how much of what this node wrote and read last counts as being in memory
/// @param random of this node alone
public record NodeSetup(
        BrokerConfig config,
        NodeLayout layout,
        LogStorage storage,
        DataDirectory directory,
        String host,
        int port,
        Authorizer authorizer,
        long hotBytes,
        SeededRandom random) {}
