package io.meridian.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The bytes that frames of all connections may hold together. Safe to use from any thread.
///
/// Grants are first come, first served: while somebody waits nobody overtakes, so a large frame is not starved
/// by small ones. A request for more than the bound would wait for ever and is the caller's mistake.
public final class ByteBudget {
    private final long boundBytes;
    private final ArrayDeque<Reservation> waiting = new ArrayDeque<>();
    private long usedBytes;

    /// @param boundBytes at least 1
    public ByteBudget(long boundBytes) {
        if (boundBytes < 1) {
            throw new IllegalArgumentException("a budget holds at least one byte, found " + boundBytes);
        }
        this.boundBytes = boundBytes;
    }

    /// Takes `bytes` at once if they are free and nobody waits; otherwise queues. `granted` runs only in the
    /// second case, on the thread that made room, when the bytes have become the reservation's.
    public Reservation reserve(long bytes, Runnable granted) {
        if (bytes > boundBytes) {
            throw new IllegalArgumentException("asked for " + bytes + " of a budget of " + boundBytes);
        }
        Reservation reservation = new Reservation(bytes, granted);
        synchronized (this) {
            if (waiting.isEmpty() && usedBytes + bytes <= boundBytes) {
                usedBytes += bytes;
                reservation.state = Reservation.State.GRANTED;
            } else {
                waiting.add(reservation);
            }
        }
        return reservation;
    }

    public long boundBytes() {
        return boundBytes;
    }

    public synchronized long usedBytes() {
        return usedBytes;
    }

    /// Connections that wait for bytes now.
    public synchronized int waiting() {
        return waiting.size();
    }

    /// Bytes taken from the budget, or a place in the queue for them.
    public final class Reservation {
        private enum State {
            WAITING,
            GRANTED,
            GIVEN_BACK
        }

        private final long bytes;
        private final Runnable granted;
        private State state = State.WAITING;

        private Reservation(long bytes, Runnable granted) {
            this.bytes = bytes;
            this.granted = granted;
        }

        public boolean isGranted() {
            synchronized (ByteBudget.this) {
                return state == State.GRANTED;
            }
        }

        /// Gives the bytes, or the place in the queue, back. A second call has no effect.
        public void release() {
            List<Runnable> woken = new ArrayList<>();
            synchronized (ByteBudget.this) {
                switch (state) {
                    case WAITING -> waiting.remove(this);
                    case GRANTED -> usedBytes -= bytes;
                    case GIVEN_BACK -> {
                        return;
                    }
                }
                state = State.GIVEN_BACK;
                while (!waiting.isEmpty() && usedBytes + waiting.getFirst().bytes <= boundBytes) {
                    Reservation next = waiting.removeFirst();
                    usedBytes += next.bytes;
                    next.state = State.GRANTED;
                    woken.add(next.granted);
                }
            }
            woken.forEach(Runnable::run);
        }
    }
}
