package io.meridian.platform.soak.groups;

import java.util.concurrent.TimeUnit;

/// Notes when this process stands still.
final class StallWatch implements AutoCloseable {
    private static final long TICK_MS = 20;

    private final Stalls stalls = new Stalls();
    private final Thread thread = new Thread(this::run, "soak-groups-stalls");

    StallWatch() {
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                long dueNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TICK_MS);
                TimeUnit.MILLISECONDS.sleep(TICK_MS);
                long nowNs = System.nanoTime();
                if (nowNs - dueNs > Stalls.LEAST_NS) {
                    stalls.add(dueNs, nowNs);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    Stalls stalls() {
        return stalls;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
