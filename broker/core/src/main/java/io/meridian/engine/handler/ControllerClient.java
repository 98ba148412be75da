package io.meridian.engine.handler;

import io.meridian.engine.metadata.ControllerCommand;
import io.meridian.engine.metadata.ControllerReply;
import io.meridian.engine.replication.NodeBus;
import io.meridian.engine.replication.NodeLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Asks the controller on behalf of requests. An answer comes after the metadata it is about has reached this node.
public final class ControllerClient {
    private final NodeLayout layout;
    private final NodeBus bus;
    private final Map<Long, Consumer<ControllerReply>> waiting = new HashMap<>();
    private long nextQuestionId;

    public ControllerClient(NodeLayout layout, NodeBus bus) {
        this.layout = layout;
        this.bus = bus;
    }

    public void ask(ControllerCommand command, Consumer<ControllerReply> whenAnswered) {
        long questionId = nextQuestionId++;
        waiting.put(questionId, whenAnswered);
        bus.send(NodeLayout.CONTROLLER_NODE, new ControllerMessage.Question(layout.nodeIndex(), questionId, command));
    }

    public void onAnswer(ControllerMessage.Answer answer) {
        Consumer<ControllerReply> asker = waiting.remove(answer.questionId());
        if (asker != null) {
            asker.accept(answer.reply());
        }
    }

    /// Questions without an answer so far.
    public int waitingCount() {
        return waiting.size();
    }
}
