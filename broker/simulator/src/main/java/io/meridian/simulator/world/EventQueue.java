package io.meridian.simulator.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What happens next: events by virtual time, those of one moment in the order of their scheduling.
public final class EventQueue {
    private long[] times = new long[256];
    private long[] orders = new long[256];
    private @Nullable Runnable[] events = new Runnable[256];
    private int size;
    private long nextOrder;
    private long nowNs;

    /// Nanoseconds since the run began.
    public long nowNs() {
        return nowNs;
    }

    public int size() {
        return size;
    }

    public void after(long delayNs, Runnable event) {
        at(nowNs + delayNs, event);
    }

    /// A time in the past counts as now.
    public void at(long timeNs, Runnable event) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            orders = Arrays.copyOf(orders, size * 2);
            events = Arrays.copyOf(events, size * 2);
        }
        long time = Math.max(timeNs, nowNs);
        long order = nextOrder++;
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (isBefore(times[parent], orders[parent], time, order)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, time, order, event);
    }

    /// Goes to the time of the next event and returns it; null when there is none.
    public @Nullable Runnable poll() {
        if (size == 0) {
            return null;
        }
        Runnable event = events[0];
        nowNs = times[0];
        size--;
        long time = times[size];
        long order = orders[size];
        Runnable last = events[size];
        events[size] = null;
        if (size > 0 && last != null) {
            siftDown(time, order, last);
        }
        return event;
    }

    private void siftDown(long time, long order, Runnable event) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(times[child + 1], orders[child + 1], times[child], orders[child])) {
                child++;
            }
            if (isBefore(time, order, times[child], orders[child])) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, time, order, event);
    }

    private static boolean isBefore(long time, long order, long otherTime, long otherOrder) {
        return time < otherTime || (time == otherTime && order < otherOrder);
    }

    private void move(int from, int to) {
        times[to] = times[from];
        orders[to] = orders[from];
        events[to] = events[from];
    }

    private void put(int at, long time, long order, Runnable event) {
        times[at] = time;
        orders[at] = order;
        events[at] = event;
    }
}
