package io.meridian.log.checkpoint;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import java.util.OptionalLong;

/// The file `.kafka_cleanshutdown` of a log directory: every log in it was closed in order. Written as the last
/// thing of a stop and removed as the first of a start.
public final class CleanShutdownMarker {
    public static final String NAME = ".kafka_cleanshutdown";

    private static final String EPOCH_KEY = "\"brokerEpoch\":";

    private CleanShutdownMarker() {}

    /// Writes the marker, durably.
    public static void write(LogStorage storage, long brokerEpoch) throws StorageFault {
        AtomicFile.replace(storage, "", NAME, AtomicFile.text("{\"version\":0,\"brokerEpoch\":" + brokerEpoch + "}"));
    }

    public static boolean exists(LogStorage storage) throws StorageFault {
        return storage.exists(NAME);
    }

    /// The broker epoch of the stop; empty when there is no marker or it names none.
    public static OptionalLong brokerEpoch(LogStorage storage) throws StorageFault {
        String text = AtomicFile.readText(storage, "", NAME);
        int at = text == null ? -1 : text.indexOf(EPOCH_KEY);
        if (text == null || at < 0) {
            return OptionalLong.empty();
        }
        int from = at + EPOCH_KEY.length();
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        long epoch = EntryFile.number(text.substring(from, to));
        return epoch < 0 ? OptionalLong.empty() : OptionalLong.of(epoch);
    }

    /// Removes the marker, durably.
    public static void remove(LogStorage storage) throws StorageFault {
        storage.delete(NAME);
        storage.forceDirectory("");
    }
}
