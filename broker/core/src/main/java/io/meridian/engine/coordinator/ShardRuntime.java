package io.meridian.engine.coordinator;

import io.meridian.base.Now;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.wire.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs one shard on its log.
///
/// | state | questions get | ways out |
/// |---|---|---|
/// | Loading | COORDINATOR_LOAD_IN_PROGRESS, which clients retry | Active, Ended |
/// | Active | the shard's answer, once it is replicated; COORDINATOR_NOT_AVAILABLE to what the volume has no room for |
/// Loading after a refused append, Ended |
/// | Ended | NOT_COORDINATOR: the partition has left, or cannot be read | none |
///
/// An append that the log refuses leaves the shard ahead of its log: what waits is told NOT_COORDINATOR, so that
/// it asks again, and the shard is loaded anew.
///
/// @param <Q> the questions of the shard
public final class ShardRuntime<Q> implements CoordinatorLog.Reader {
    private enum State {
        LOADING,
        ACTIVE,
        ENDED
    }

    private static final Asker NOBODY = new Asker(-1, -1L);

    private record Parked(long requiredEndOffset, Answer answer) {}

    private final CoordinatorLog log;
    private final Supplier<CoordinatorShard<Q>> emptyShard;
    private final BiConsumer<Asker, Outcome<Message>> answers;
    private final ArrayDeque<Parked> parked = new ArrayDeque<>();
    private final List<Q> notices = new ArrayList<>();
    private CoordinatorShard<Q> shard;
    private State state = State.LOADING;
    private long knownEndOffset;
    private @Nullable String failure;

    /// @param emptyShard makes a shard that knows nothing
    /// @param answers where answers go, each exactly once
    public ShardRuntime(
            CoordinatorLog log, Supplier<CoordinatorShard<Q>> emptyShard, BiConsumer<Asker, Outcome<Message>> answers) {
        this.log = log;
        this.emptyShard = emptyShard;
        this.answers = answers;
        this.shard = emptyShard.get();
    }

    /// Begins to load.
    ///
    /// @param notice what the shard is told at the end of it
    public void start(Q notice) {
        notices.add(notice);
        log.read(this);
    }

    @Override
    public void records(List<CoordinatorRecord> records) {
        if (state == State.LOADING) {
            records.forEach(shard::replay);
        }
    }

    @Override
    public void end(Now now) {
        if (state == State.LOADING) {
            state = State.ACTIVE;
            knownEndOffset = log.logEndOffset();
            carryOut(shard.loaded(now), now);
            List<Q> untold = List.copyOf(notices);
            notices.clear();
            untold.forEach(notice -> tell(notice, now));
        }
    }

    @Override
    public void failed(String reason) {
        failure = reason;
        end(ErrorCode.NOT_COORDINATOR);
    }

    public void ask(Q question, Asker asker, Now now) {
        switch (state) {
            case LOADING -> refuse(asker, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
            case ENDED -> refuse(asker, ErrorCode.NOT_COORDINATOR);
            case ACTIVE -> {
                if (shard.stores(question) && !log.hasRoom()) {
                    refuse(asker, ErrorCode.COORDINATOR_NOT_AVAILABLE);
                } else {
                    carryOut(shard.handle(question, asker, now), now);
                }
            }
        }
    }

    /// Something the shard must know and nobody waits for. A shard that is being loaded is told at the end of it.
    public void tell(Q notice, Now now) {
        switch (state) {
            case LOADING -> notices.add(notice);
            case ACTIVE -> carryOut(shard.handle(notice, NOBODY, now), now);
            case ENDED -> {}
        }
    }

    public void tick(Now now) {
        if (state == State.ACTIVE && shard.nextDeadlineNs() <= now.monotonicNs()) {
            carryOut(shard.tick(now), now);
        }
    }

    /// The monotonic moment at which [#tick] has something to do; [Long#MAX_VALUE] when it has not.
    public long nextDeadlineNs() {
        return state == State.ACTIVE ? shard.nextDeadlineNs() : Long.MAX_VALUE;
    }

    /// Lets go what the high watermark has reached.
    public void advanced() {
        while (!parked.isEmpty() && parked.peekFirst().requiredEndOffset() <= log.highWatermark()) {
            say(parked.removeFirst().answer());
        }
    }

    /// The partition has left, or is out of service.
    public void end(ErrorCode error) {
        state = State.ENDED;
        refuseAll(error);
    }

    public boolean isLoading() {
        return state == State.LOADING;
    }

    /// The shard while it serves; null otherwise.
    public @Nullable CoordinatorShard<Q> active() {
        return state == State.ACTIVE ? shard : null;
    }

    /// Why the stored records could not be read; null when they could.
    public @Nullable String failure() {
        return failure;
    }

    /// Answers that wait for the high watermark.
    public int parkedCount() {
        return parked.size();
    }

    private void carryOut(Decision decision, Now now) {
        if (!decision.records().isEmpty()) {
            if (!log.append(decision.records(), now)) {
                decision.answers().forEach(answer -> refuse(answer.asker(), ErrorCode.NOT_COORDINATOR));
                reload();
                return;
            }
            knownEndOffset = log.logEndOffset();
        }
        for (Answer answer : decision.answers()) {
            if (knownEndOffset <= log.highWatermark()) {
                say(answer);
            } else {
                parked.add(new Parked(knownEndOffset, answer));
            }
        }
    }

    private void reload() {
        if (state == State.ACTIVE) {
            state = State.LOADING;
            refuseAll(ErrorCode.NOT_COORDINATOR);
            log.read(this);
        }
    }

    /// Refuses everybody who waits, here or in the shard, and forgets the shard's state.
    private void refuseAll(ErrorCode error) {
        List<Asker> held = shard.waiting();
        shard = emptyShard.get();
        while (!parked.isEmpty()) {
            refuse(parked.removeFirst().answer().asker(), error);
        }
        held.forEach(asker -> refuse(asker, error));
    }

    private void say(Answer answer) {
        answers.accept(answer.asker(), Outcome.accepted(answer.response()));
    }

    private void refuse(Asker asker, ErrorCode error) {
        answers.accept(asker, Outcome.rejected(error));
    }
}
