package io.meridian.platform;

import java.nio.file.Path;
import java.util.SortedMap;

/// A node in this process, from its settings to its end.
final class LocalNode implements AutoCloseable {
    private LocalNode() {}

    /// Starts a node and returns when its listener accepts and every local log is recovered.
    ///
    /// @throws Refused if a setting, a port or the data directory does not allow it
    static LocalNode start(Path data, SortedMap<String, String> settings) {
        if (!settings.isEmpty() || !data.toString().isEmpty()) {
            throw Refused.couldNot("no broker is built in: " + data + settings);
        }
        return new LocalNode();
    }

    int clientPort() {
        return 0;
    }

    int httpPort() {
        return 0;
    }

    @Override
    public void close() {
        // Nothing was started.
    }
}
