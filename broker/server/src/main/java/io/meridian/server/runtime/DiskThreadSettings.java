package io.meridian.server.runtime;

/// @param syncThreads threads that wait for the device, at least 1
/// @param diskThreads threads for everything else that blocks, at least 1
/// @param queueBound jobs that may wait per lane before no more requests are read, at least 1
public record DiskThreadSettings(int syncThreads, int diskThreads, int queueBound) {
    public static final DiskThreadSettings DEFAULT = new DiskThreadSettings(4, 4, 4_096);
}
