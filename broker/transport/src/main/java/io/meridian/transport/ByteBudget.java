package io.meridian.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bytes that frames of all connections may hold together, requests and long responses. Safe to use from any
/// thread.
///
/// Grants are first come, first served: while somebody waits nobody overtakes, so a large frame is not starved
/// by small ones. With one exception: a share of the budget is for small frames alone, and those that fit into it
/// wait for nobody. So whoever announces large frames and does not send them keeps nobody else from being served.
/// A request for more than could ever be granted would wait for ever and is the caller's mistake.
public final class ByteBudget {
    private final long boundBytes;
    private final long smallShareBytes;
    private final int smallBytesMax;
    private final ArrayDeque<Reservation> waitingSmall = new ArrayDeque<>();
    private final ArrayDeque<Reservation> waitingLarge = new ArrayDeque<>();
    private long usedSmallBytes;
    private long usedLargeBytes;
    private long asked;
    private Runnable shortListener = () -> {};

    /// Without a share for small frames.
    ///
    /// @param boundBytes at least 1
    public ByteBudget(long boundBytes) {
        this(boundBytes, 0, 0);
    }

    /// @param boundBytes at least 1
    /// @param smallShareBytes of them for small frames alone
    /// @param smallBytesMax bytes of the largest small frame
    public ByteBudget(long boundBytes, long smallShareBytes, int smallBytesMax) {
        if (boundBytes < 1 || smallShareBytes < 0 || smallShareBytes >= boundBytes) {
            throw new IllegalArgumentException("a budget holds at least one byte more than its share for small frames,"
                    + " found " + boundBytes + " and " + smallShareBytes);
        }
        this.boundBytes = boundBytes;
        this.smallShareBytes = smallShareBytes;
        this.smallBytesMax = smallBytesMax;
    }

    /// Takes `bytes` at once if they are free and nobody waits before it; otherwise queues. `granted` runs only in
    /// the second case, on the thread that made room, when the bytes have become the reservation's.
    public Reservation reserve(long bytes, Runnable granted) {
        if (bytes > largestBytes()) {
            throw new IllegalArgumentException("asked for " + bytes + " of a budget of " + largestBytes());
        }
        Reservation reservation;
        synchronized (this) {
            reservation = new Reservation(bytes, bytes <= smallBytesMax, asked++, granted);
            boolean isFirst = waitingSmall.isEmpty() && waitingLarge.isEmpty();
            if ((isFirst && isRoomFor(reservation)) || (waitingSmall.isEmpty() && fitsIntoShare(reservation))) {
                take(reservation);
                return reservation;
            }
            queue(reservation).add(reservation);
        }
        shortListener.run();
        return reservation;
    }

    /// `listener` is called, on any thread, whenever somebody has to wait. To be set before the budget is used.
    public void onShort(Runnable listener) {
        shortListener = listener;
    }

    /// Takes `bytes` for something that is there already, such as a response, however much is taken. Until there is
    /// room again frames wait, but for small ones within their share.
    public Reservation charge(long bytes) {
        synchronized (this) {
            Reservation reservation = new Reservation(bytes, false, asked++, () -> {});
            take(reservation);
            return reservation;
        }
    }

    /// Whether more is taken than the budget holds.
    public synchronized boolean isOverdrawn() {
        return usedBytes() > boundBytes;
    }

    /// Whether somebody waits, or would have to.
    public synchronized boolean isShort() {
        return waiting() > 0 || usedBytes() >= boundBytes;
    }

    public long boundBytes() {
        return boundBytes;
    }

    /// The most that one reservation can be for.
    public long largestBytes() {
        return boundBytes - smallShareBytes;
    }

    public synchronized long usedBytes() {
        return usedSmallBytes + usedLargeBytes;
    }

    /// Connections that wait for bytes now.
    public synchronized int waiting() {
        return waitingSmall.size() + waitingLarge.size();
    }

    private ArrayDeque<Reservation> queue(Reservation reservation) {
        return reservation.isSmall ? waitingSmall : waitingLarge;
    }

    private boolean isRoomFor(Reservation asking) {
        return usedBytes() + asking.bytes <= boundBytes
                && (asking.isSmall || usedLargeBytes + asking.bytes <= largestBytes());
    }

    private boolean fitsIntoShare(Reservation asking) {
        return asking.isSmall && usedSmallBytes + asking.bytes <= smallShareBytes;
    }

    private void take(Reservation reservation) {
        add(reservation, reservation.bytes);
        reservation.state = Reservation.State.GRANTED;
    }

    private void add(Reservation reservation, long bytes) {
        if (reservation.isSmall) {
            usedSmallBytes += bytes;
        } else {
            usedLargeBytes += bytes;
        }
    }

    /// The next in line that can have its bytes now, taken from its queue; null when there is none.
    private @Nullable Reservation next() {
        Reservation small = waitingSmall.peek();
        Reservation large = waitingLarge.peek();
        boolean isSmallFirst = small != null && (large == null || small.asked < large.asked);
        Reservation first = isSmallFirst ? small : large;
        if (first != null && isRoomFor(first)) {
            return queue(first).remove();
        }
        return small != null && fitsIntoShare(small) ? waitingSmall.remove() : null;
    }

    /// Bytes taken from the budget, or a place in the queue for them.
    public final class Reservation {
        private enum State {
            WAITING,
            GRANTED,
            GIVEN_BACK
        }

        private final long bytes;
        private final boolean isSmall;
        private final long asked;
        private final Runnable granted;
        private State state = State.WAITING;

        private Reservation(long bytes, boolean isSmall, long asked, Runnable granted) {
            this.bytes = bytes;
            this.isSmall = isSmall;
            this.asked = asked;
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
                    case WAITING -> queue(this).remove(this);
                    case GRANTED -> add(this, -bytes);
                    case GIVEN_BACK -> {
                        return;
                    }
                }
                state = State.GIVEN_BACK;
                for (Reservation next = next(); next != null; next = next()) {
                    take(next);
                    woken.add(next.granted);
                }
            }
            woken.forEach(Runnable::run);
        }
    }
}
