package io.meridian.architecture.planted.protocol;

final class ReadsTheClock {
    private final long startedMs = System.currentTimeMillis();

    long startedMs() {
        return startedMs;
    }
}
