package io.meridian.engine.coordinator;

import java.util.List;

/// What an event made a shard decide.
///
/// @param records what must be stored, in order
/// @param answers what may be said once these records, and all before them, are replicated
public record Decision(List<CoordinatorRecord> records, List<Answer> answers) {
    public Decision {
        records = List.copyOf(records);
        answers = List.copyOf(answers);
    }
}
