package io.meridian.settings;

import io.meridian.base.Setting;
import io.meridian.base.Setting.Unit;
import io.meridian.base.SettingType;
import java.util.List;
import java.util.SortedMap;

/// The settings of connections: how many, how fast they may come, and how long a peer may take for anything.
public final class ConnectionSettings {
    private static final int RATE_MAX = 1_000_000;
    private static final long TIMEOUT_MAX_MS = 3_600_000L;

    public static final Setting<Integer> MAX_CONNECTIONS = Setting.process(
                    "max.connections", SettingType.int32From(0), 10_000)
            .dynamic()
            .consequence("Each costs a file descriptor and some 20 KiB.")
            .meaning("Client connections beyond this many are closed before anything is read from them.");

    public static final Setting<Integer> MAX_CONNECTIONS_PER_IP = Setting.process(
                    "max.connections.per.ip", SettingType.int32From(0), 500)
            .dynamic()
            .consequence("Raise it, or use the overrides, where many clients share an address.")
            .meaning("Client connections of one address beyond this many are closed before anything is read from them;"
                    + " an IPv6 network of 64 bits counts as one address.");

    public static final Setting<SortedMap<String, Integer>> MAX_CONNECTIONS_PER_IP_OVERRIDES = Setting.process(
                    "max.connections.per.ip.overrides", AddressCounts.TYPE, AddressCounts.NONE)
            .dynamic()
            .consequence("Host names are not resolved: a name server must not decide who may connect.")
            .meaning("What counts for these addresses instead of max.connections.per.ip.");

    public static final Setting<Integer> MAX_CONNECTION_CREATION_RATE = Setting.process(
                    "max.connection.creation.rate", SettingType.int32(1, RATE_MAX), 1_000)
            .dynamic()
            .consequence("Over it new connections wait, in the backlog of the port, until there is a turn for them.")
            .meaning("How many client connections a second are let in, after as many at once.");

    public static final Setting<Integer> MAX_CONNECTION_CREATION_RATE_PER_IP = Setting.process(
                    "max.connection.creation.rate.per.ip", SettingType.int32(1, RATE_MAX), 100)
            .dynamic()
            .consequence("Over it a connection is not read for up to 5 s; one that would wait longer is closed.")
            .meaning("How many client connections a second one address is let in with, after as many at once.");

    public static final Setting<Long> SETUP_TIMEOUT_MS = Setting.process(
                    "connections.setup.timeout.ms", SettingType.int64(100L, TIMEOUT_MAX_MS), 10_000L)
            .in(Unit.MILLISECONDS)
            .consequence("However slowly bytes trickle in, the connection is closed then.")
            .meaning("How long a new connection may take for its first whole request.");

    public static final Setting<Long> REQUEST_TIMEOUT_MS = Setting.process(
                    "socket.request.timeout.ms", SettingType.int64(100L, TIMEOUT_MAX_MS), 30_000L)
            .in(Unit.MILLISECONDS)
            .consequence("A request that others wait for memory behind must keep the pace that this allows it.")
            .meaning("How long a request may take from its first byte to its last.");

    public static final Setting<Long> RESPONSE_TIMEOUT_MS = Setting.process(
                    "socket.response.timeout.ms", SettingType.int64(100L, TIMEOUT_MAX_MS), 60_000L)
            .in(Unit.MILLISECONDS)
            .consequence("Meanwhile no more of its requests are read.")
            .meaning("How long a client may take nothing of the responses that wait for it.");

    public static final Setting<Long> CONNECTIONS_MAX_IDLE_MS = Setting.process(
                    "connections.max.idle.ms", SettingType.int64From(-1), 600_000L)
            .in(Unit.MILLISECONDS)
            .consequence("A request in work keeps its connection busy; -1 closes none.")
            .meaning("A connection on which nothing happened for this long is closed.");

    public static final Setting<Integer> HTTP_MAX_CONNECTIONS = Setting.process(
                    "http.max.connections", SettingType.int32(1, 100_000), 1_000)
            .consequence("A connection that sent no whole request for 10 s at first, later for 60 s, is closed.")
            .meaning("Connections to the port for health and metrics beyond this many are closed.");

    public static final Setting<Integer> RESERVED_FILES = Setting.process(
                    "log.reserved.open.files", SettingType.int32From(-1), -1)
            .consequence("-1 takes a quarter of what the system allows, between 32 and 1,024."
                    + " No connection is let in, and at half of it no topic created, that would take of it.")
            .meaning("How many of the files that the process may have open are kept for logs.");

    static final List<Setting<?>> IN_ORDER = List.of(
            MAX_CONNECTIONS,
            MAX_CONNECTIONS_PER_IP,
            MAX_CONNECTIONS_PER_IP_OVERRIDES,
            MAX_CONNECTION_CREATION_RATE,
            MAX_CONNECTION_CREATION_RATE_PER_IP,
            SETUP_TIMEOUT_MS,
            REQUEST_TIMEOUT_MS,
            RESPONSE_TIMEOUT_MS,
            CONNECTIONS_MAX_IDLE_MS,
            HTTP_MAX_CONNECTIONS,
            RESERVED_FILES);

    private ConnectionSettings() {}
}
