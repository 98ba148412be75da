package io.meridian.log.checkpoint;

import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The shape that Kafka's text checkpoints share: a line with version 0, a line with the number of entries, and a
/// line per entry.
final class EntryFile {
    private static final String VERSION = "0";

    private EntryFile() {}

    /// Turns a line into an entry; null when it is none.
    interface LineParser<E> {
        @Nullable
        E parse(String[] words);
    }

    static ByteBuffer encode(List<String> lines) {
        StringBuilder text =
                new StringBuilder(VERSION).append('\n').append(lines.size()).append('\n');
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return AtomicFile.text(text.toString());
    }

    static <E> CheckpointResult<List<E>> read(LogStorage storage, String directory, String name, LineParser<E> parser)
            throws StorageFault {
        String text = AtomicFile.readText(storage, directory, name);
        if (text == null) {
            return new CheckpointResult.Missing<>();
        }
        String path = AtomicFile.pathOf(directory, name);
        String[] lines = text.split("\n", -1);
        if (lines.length < 3 || !lines[0].strip().equals(VERSION)) {
            return new CheckpointResult.Damaged<>(path + ": expected version 0 in the first line");
        }
        long count = number(lines[1].strip());
        if (count < 0 || count != lines.length - 3L || !lines[lines.length - 1].isEmpty()) {
            return new CheckpointResult.Damaged<>(
                    path + ": expected as many entries as the second line says, found " + (lines.length - 3));
        }
        List<E> entries = new ArrayList<>((int) count);
        for (int line = 2; line < lines.length - 1; line++) {
            E entry = parser.parse(lines[line].strip().split(" +"));
            if (entry == null) {
                return new CheckpointResult.Damaged<>(path + ": line " + (line + 1) + " is no entry");
            }
            entries.add(entry);
        }
        return new CheckpointResult.Content<>(entries);
    }

    /// The number that `word` is, from 0 to [Long#MAX_VALUE]; -1 when it is none.
    static long number(String word) {
        if (word.isEmpty() || word.length() > 19) {
            return -1;
        }
        long value = 0;
        for (int index = 0; index < word.length(); index++) {
            int digit = word.charAt(index) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
