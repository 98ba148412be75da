package io.meridian.engine.effect;

import io.meridian.log.state.SpaceLevel;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.storage.VolumeSpace;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.settings.ConnectionLimits;

/// Something a node decided that only its surroundings can do. Executed in the order of emission.
public sealed interface Effect {
    /// Answer a request. Responses of one connection leave in the order of its requests, whatever the order of
    /// replies.
    record Reply(RequestContext context, ResponseMessage response) implements Effect {}

    /// The request is done and has no response (Produce with acks=0).
    record NoReply(RequestContext context) implements Effect {}

    /// Close the connection of the request: an error that the protocol has no way to report.
    record CloseConnection(RequestContext context, String reason) implements Effect {}

    /// Run a storage job; its completion comes back through `BrokerNode.onStorageDone`.
    record Store(StorageJob job) implements Effect {}

    /// Hand a message to a node of this process, 0 to nodes - 1, itself included. Messages between two nodes keep
    /// their order.
    record ToNode(int node, NodeMessage message) implements Effect {}

    /// Every node of the process has opened its partitions: the listener may accept.
    ///
    /// @param report what was found on the way
    record Ready(StartReport report) implements Effect {}

    /// How many connections may be open, and how fast they may come, from now on; those that are open stay.
    record LimitConnections(ConnectionLimits limits) implements Effect {}

    /// Every log is closed and the directory is marked so: the process may end.
    record Stopped() implements Effect {}

    /// The room on the volume of the log directory decides otherwise from now on: for the operator to know.
    record SpaceChanged(SpaceLevel level, VolumeSpace space) implements Effect {}

    /// The metadata state machine cannot go on: stop the process, name the reason, touch nothing.
    record StopProcess(String reason) implements Effect {}
}
