package io.meridian.log.checkpoint;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Lines of a key and a value, as far as Kafka's own files need them: no continuation lines, no unicode escapes.
final class PropertyFile {
    private PropertyFile() {}

    /// The pairs in order; null when a line has no separator or a key repeats. Empty lines and comments are skipped.
    static @Nullable SequencedMap<String, String> parse(String text, char separator) {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        for (String raw : text.split("\n", -1)) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int at = line.indexOf(separator);
            if (at < 1
                    || pairs.put(
                                    line.substring(0, at).strip(),
                                    line.substring(at + 1)
                                            .strip()
                                            .replace("\\:", ":")
                                            .replace("\\=", "="))
                            != null) {
                return null;
            }
        }
        return pairs;
    }

    static ByteBuffer encode(SequencedMap<String, String> pairs, String separator) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> pair : pairs.entrySet()) {
            text.append(pair.getKey()).append(separator).append(pair.getValue()).append('\n');
        }
        return AtomicFile.text(text.toString());
    }
}
