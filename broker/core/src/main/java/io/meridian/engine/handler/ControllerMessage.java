package io.meridian.engine.handler;

import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.metadata.ControllerCommand;
import io.meridian.engine.metadata.ControllerReply;

/// What nodes and the controller's node say to each other about metadata.
public sealed interface ControllerMessage extends NodeMessage {
    /// Decide this.
    record Question(int originNode, long questionId, ControllerCommand command) implements ControllerMessage {}

    /// It is decided, committed and published.
    record Answer(long questionId, ControllerReply reply) implements ControllerMessage {}
}
