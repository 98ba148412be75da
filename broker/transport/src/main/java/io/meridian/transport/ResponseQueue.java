package io.meridian.transport;

import io.meridian.base.Invariant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The requests of one connection that have not been answered on the wire yet, in order of arrival. Confined to
/// the connection's event loop.
///
/// Requests finish in any order; what they finish with leaves in the order of arrival. A request that has no
/// response leaves a gap that is skipped. After [#abandon()] late answers are handed back to be dropped.
///
/// @param <R> a response ready to be sent
public final class ResponseQueue<R> {
    /// The place of one request.
    public static final class Slot<R> {
        private final int frameBytes;
        private final long openedNs;
        private boolean finished;
        private @Nullable R response;

        private Slot(int frameBytes, long openedNs) {
            this.frameBytes = frameBytes;
            this.openedNs = openedNs;
        }
    }

    private final int requestsMax;
    private final long requestBytesMax;
    private final ArrayDeque<Slot<R>> slots = new ArrayDeque<>();
    private long bytesInWork;
    private int answered;
    private boolean abandoned;

    /// @param requestsMax requests in work at once, at least 1
    /// @param requestBytesMax bytes of their frames together; a single larger one is admitted alone
    public ResponseQueue(int requestsMax, long requestBytesMax) {
        this.requestsMax = requestsMax;
        this.requestBytesMax = requestBytesMax;
    }

    /// Whether a request of this size may join those in work.
    public boolean admits(int frameBytes) {
        return slots.isEmpty() || (slots.size() < requestsMax && bytesInWork + frameBytes <= requestBytesMax);
    }

    /// The place of a request that has just arrived.
    public Slot<R> open(int frameBytes, long nowNs) {
        Slot<R> slot = new Slot<>(frameBytes, nowNs);
        slots.add(slot);
        bytesInWork += frameBytes;
        return slot;
    }

    /// Puts the response of a request in its place; false when the connection is gone and the caller keeps it.
    public boolean answer(Slot<R> slot, R response) {
        finish(slot);
        if (abandoned) {
            return false;
        }
        slot.response = response;
        answered++;
        return true;
    }

    /// The request is done and has no response.
    public void skip(Slot<R> slot) {
        finish(slot);
    }

    /// Removes and returns the next response whose turn it is; null when the oldest request is still in work.
    public @Nullable R poll() {
        while (!slots.isEmpty() && slots.getFirst().finished) {
            Slot<R> slot = slots.removeFirst();
            bytesInWork -= slot.frameBytes;
            if (slot.response != null) {
                answered--;
                return slot.response;
            }
        }
        return null;
    }

    /// How long the oldest request has been in work; 0 without any.
    public long oldestNs(long nowNs) {
        Slot<R> oldest = slots.peek();
        return oldest == null ? 0 : nowNs - oldest.openedNs;
    }

    /// Bytes of the frames in work.
    public long bytesInWork() {
        return bytesInWork;
    }

    /// Responses that wait for their turn.
    public int answered() {
        return answered;
    }

    public boolean isEmpty() {
        return slots.isEmpty();
    }

    /// Requests whose response has not left yet.
    public int size() {
        return slots.size();
    }

    /// The connection is gone: the responses that were waiting for their turn, for the caller to drop.
    public List<R> abandon() {
        abandoned = true;
        List<R> unsent = new ArrayList<>();
        for (Slot<R> slot : slots) {
            if (slot.response != null) {
                unsent.add(slot.response);
            }
        }
        slots.clear();
        answered = 0;
        bytesInWork = 0;
        return unsent;
    }

    private void finish(Slot<R> slot) {
        Invariant.check(!slot.finished, "a request was answered twice");
        slot.finished = true;
    }
}
