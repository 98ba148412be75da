package io.meridian.engine.coordinator;

import io.meridian.base.Now;
import java.util.List;

/// A replicated state machine: the coordinators' state that one partition of an internal topic holds.
///
/// Deterministic. The state is changed by the calls below and only by them; what must survive is in the records of
/// the decisions, so that replaying these on an empty shard gives the same durable state.
///
/// @param <Q> the questions it answers
public interface CoordinatorShard<Q> {
    /// Takes over a stored record, oldest first, before [#loaded]. A record that means nothing to the shard changes
    /// nothing.
    void replay(CoordinatorRecord record);

    /// Everything stored was replayed: timers start, in full, from `now`.
    Decision loaded(Now now);

    /// Whether this question asks for something to be stored, which can be refused while there is no room.
    boolean stores(Q question);

    Decision handle(Q question, Asker asker, Now now);

    /// Does what is due.
    Decision tick(Now now);

    /// The monotonic moment at which [#tick] has something to do; [Long#MAX_VALUE] when it has not.
    long nextDeadlineNs();

    /// Those whose questions are taken and not answered yet.
    List<Asker> waiting();
}
