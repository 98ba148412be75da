package io.meridian.server.network;

/// Why a connection was not let in.
enum RefusalReason {
    /// As many are open as may be.
    TOTAL("total", "max.connections"),
    /// As many of its address are open as may be.
    ADDRESS("address", "max.connections.per.ip"),
    /// Its address opens them faster than it may, and has done so for longer than can be waited for.
    ADDRESS_RATE("address_rate", "max.connection.creation.rate.per.ip"),
    /// The files that are left are for logs.
    FILES("files", "log.reserved.open.files, or what the system allows");

    private final String label;
    private final String setting;

    RefusalReason(String label, String setting) {
        this.label = label;
        this.setting = setting;
    }

    /// The reason as a metric's label.
    String label() {
        return label;
    }

    /// What to change when the refusal was not wanted.
    String setting() {
        return setting;
    }
}
