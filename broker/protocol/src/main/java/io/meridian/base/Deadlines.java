package io.meridian.base;

import java.util.Comparator;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Things that give up at a moment unless they are done before. Nothing finished is held: most finish long before
/// their deadline, and each keeps a request's memory alive.
public final class Deadlines<T> {
    /// Where a thing stands among the deadlines.
    ///
    /// @param sequence tells equal moments apart, in the order of arrival
    public record Ticket(long deadlineNs, long sequence) {}

    private final TreeMap<Ticket, T> waiting =
            new TreeMap<>(Comparator.comparingLong(Ticket::deadlineNs).thenComparingLong(Ticket::sequence));
    private long nextSequence;

    public Ticket add(T thing, long deadlineNs) {
        Ticket ticket = new Ticket(deadlineNs, nextSequence++);
        waiting.put(ticket, thing);
        return ticket;
    }

    public void cancel(Ticket ticket) {
        waiting.remove(ticket);
    }

    /// Removes everything whose moment has come and hands it over, the earliest first.
    public void expire(Now now, Consumer<T> expired) {
        while (!waiting.isEmpty() && waiting.firstKey().deadlineNs() <= now.monotonicNs()) {
            expired.accept(waiting.pollFirstEntry().getValue());
        }
    }

    /// The monotonic moment of the earliest deadline; [Long#MAX_VALUE] when there is none.
    public long nextDeadlineNs() {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.firstKey().deadlineNs();
    }

    public int size() {
        return waiting.size();
    }
}
