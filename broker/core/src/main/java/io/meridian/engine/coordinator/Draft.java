package io.meridian.engine.coordinator;

import io.meridian.protocol.wire.Message;
import java.util.ArrayList;
import java.util.List;

/// A decision in the making: collects what the rules of a shard emit while they handle one event.
public final class Draft {
    private final List<CoordinatorRecord> records = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    public void store(CoordinatorRecord record) {
        records.add(record);
    }

    public void answer(Asker asker, Message response) {
        answers.add(new Answer(asker, response));
    }

    public Decision decision() {
        return new Decision(records, answers);
    }
}
