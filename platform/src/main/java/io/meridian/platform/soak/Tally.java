package io.meridian.platform.soak;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the broker has promised so far: which records of which stream it acknowledged, and at which offsets.
///
/// Written by the clients' callback threads, read by the checker: every method holds the monitor.
final class Tally {
    /// A copy of one stream's promises.
    ///
    /// @param acknowledged the sequences that were acknowledged
    /// @param offsetSum [#mix] summed over them, or meaningless when `offsetsKnown` is not
    /// @param offsetsKnown whether every acknowledgement named an offset
    record Promise(BitSet acknowledged, long offsetSum, boolean offsetsKnown) {}

    private static final class Entry {
        private final BitSet acknowledged = new BitSet();
        private long offsetSum;
        private boolean offsetsKnown = true;
        private long failed;
    }

    private final Map<Stream, Entry> entries = new LinkedHashMap<>();
    private long acknowledgedTotal;
    private String firstFailure = "";

    synchronized void acknowledged(Stream stream, int sequence, long offset) {
        Entry entry = entry(stream);
        entry.acknowledged.set(sequence);
        entry.offsetSum += mix(sequence, offset);
        entry.offsetsKnown &= offset >= 0;
        acknowledgedTotal++;
    }

    synchronized void failed(Stream stream, int sequence, Exception reason) {
        entry(stream).failed++;
        if (firstFailure.isEmpty()) {
            firstFailure = stream + " record " + sequence + ": " + reason;
        }
    }

    synchronized long acknowledgedTotal() {
        return acknowledgedTotal;
    }

    /// Records whose producer gave up although it was told never to.
    synchronized long failedTotal() {
        return entries.values().stream().mapToLong(entry -> entry.failed).sum();
    }

    /// The first such record and its reason; empty if there is none.
    synchronized String firstFailure() {
        return firstFailure;
    }

    /// Copies of everything promised until now, in order of first acknowledgement.
    synchronized Map<Stream, Promise> promises() {
        Map<Stream, Promise> copy = new LinkedHashMap<>();
        entries.forEach((stream, entry) -> copy.put(
                stream, new Promise((BitSet) entry.acknowledged.clone(), entry.offsetSum, entry.offsetsKnown)));
        return copy;
    }

    /// A number for "this sequence is at this offset" whose sum over a stream shows a record reported elsewhere.
    static long mix(int sequence, long offset) {
        long mixed = (offset * 0x9E3779B97F4A7C15L) ^ sequence;
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 32);
    }

    private Entry entry(Stream stream) {
        return entries.computeIfAbsent(stream, _ -> new Entry());
    }
}
