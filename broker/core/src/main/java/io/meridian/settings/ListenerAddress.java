package io.meridian.settings;

import io.meridian.base.SettingType;
import org.jspecify.annotations.Nullable;

/// Where clients connect: `PLAINTEXT://host:port`.
///
/// @param host name or address; an IPv6 address without its brackets; empty for every interface
/// @param port 0 for any free one, to 65535
public record ListenerAddress(String host, int port) {
    /// Stands for "not given".
    public static final ListenerAddress NONE = new ListenerAddress("", -1);

    private static final String SCHEME = "PLAINTEXT://";
    private static final int PORT_MAX = 65_535;

    static final SettingType<ListenerAddress> TYPE = SettingType.parsed(
            SettingType.Kind.LIST, "one address PLAINTEXT://host:port", ListenerAddress::parse, ListenerAddress::text);

    public boolean isGiven() {
        return port >= 0;
    }

    public String text() {
        if (!isGiven()) {
            return "";
        }
        return SCHEME + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static @Nullable ListenerAddress parse(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
        int colon = text.lastIndexOf(':');
        if (!text.startsWith(SCHEME) || colon < SCHEME.length()) {
            return null;
        }
        Integer port = SettingType.int32(0, PORT_MAX).parse(text.substring(colon + 1));
        String host = text.substring(SCHEME.length(), colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]") && host.length() > 2;
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        boolean plain = bare.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != ',' && c != '[');
        if (port == null || !plain || (!bracketed && bare.indexOf(':') >= 0)) {
            return null;
        }
        return new ListenerAddress(bare, port);
    }
}
