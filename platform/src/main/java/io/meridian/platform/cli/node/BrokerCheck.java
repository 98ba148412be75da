package io.meridian.platform.cli.node;

import io.meridian.platform.cli.client.ClientOptions;
import io.meridian.platform.cli.client.Connection;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.Collection;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.common.Node;

/// Looks whether a broker answers.
final class BrokerCheck {
    private BrokerCheck() {}

    /// That nobody listens is worth a warning only: the doctor is also asked before the first start.
    static Finding of(ClientOptions client, Console console) {
        Connection connection;
        try {
            connection = client.connect(console);
        } catch (Refused refused) {
            if (refused.exitCode() == ExitCode.ASKED_WRONGLY) {
                throw refused;
            }
            int remedy = refused.line().indexOf("; ");
            return Finding.warn(
                    "broker",
                    refused.line().substring(0, remedy < 0 ? refused.line().length() : remedy),
                    "start one with `meridian up`, or name another with --bootstrap HOST:PORT");
        }
        try (connection) {
            DescribeClusterResult cluster = connection.admin().describeCluster();
            Collection<Node> nodes = connection.answer(cluster.nodes());
            return Finding.ok(
                    "broker",
                    connection.bootstrap() + " answers: cluster " + connection.answer(cluster.clusterId()) + ", "
                            + nodes.size() + (nodes.size() == 1 ? " node" : " nodes"));
        } catch (Refused refused) {
            return Finding.fail("broker", refused.line(), "name a Kafka broker with --bootstrap HOST:PORT");
        }
    }
}
