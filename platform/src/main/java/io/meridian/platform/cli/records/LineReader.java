package io.meridian.platform.cli.records;

import io.meridian.platform.terminal.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Splits a stream of bytes at line feeds, whatever else the bytes are.
final class LineReader {
    /// Longer than any record that a broker takes.
    static final int LINE_MAX_BYTES = 256 * 1024 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long lines;

    LineReader(InputStream in) {
        this.in = in;
    }

    /// How many lines have been read.
    long lines() {
        return lines;
    }

    /// The next line without its line feed; null behind the last. What follows the last line feed is a line if it is
    /// not empty.
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean any = false;
        while (true) {
            if (position == limit) {
                limit = in.read(buffer);
                position = 0;
                if (limit <= 0) {
                    limit = 0;
                    lines += any ? 1 : 0;
                    return any ? line.toByteArray() : null;
                }
            }
            any = true;
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, position, end - position);
            if (line.size() > LINE_MAX_BYTES) {
                throw Refused.askedWrongly("line " + (lines + 1) + " is longer than " + LINE_MAX_BYTES + " bytes");
            }
            position = end;
            if (end < limit) {
                position = end + 1;
                lines++;
                return line.toByteArray();
            }
        }
    }
}
