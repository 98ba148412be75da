package io.meridian.platform.testing;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// A running broker that a test talks to through clients.
///
/// @param bootstrap `host:port` for clients
/// @param data its data directory
/// @param httpPort of health and metrics; 0 if it has none
public record Broker(String bootstrap, Path data, int httpPort) {
    /// The host of [#bootstrap].
    public String host() {
        return bootstrap.substring(0, bootstrap.lastIndexOf(':'));
    }

    /// The port of [#bootstrap].
    public int port() {
        return Integer.parseInt(bootstrap.substring(bootstrap.lastIndexOf(':') + 1));
    }

    /// A topic name that nobody has used, beginning with `prefix`.
    public String freshTopic(String prefix) {
        return prefix + "-" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
    }

    /// A client's configuration: where the broker is, and more in pairs of name and value.
    public Map<String, Object> client(Object... namesAndValues) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put("bootstrap.servers", bootstrap);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            configuration.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return configuration;
    }
}
