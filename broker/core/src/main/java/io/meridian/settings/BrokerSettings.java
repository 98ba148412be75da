package io.meridian.settings;

import io.meridian.base.Setting;
import io.meridian.base.Setting.Unit;
import io.meridian.base.SettingType;
import java.util.ArrayList;
import java.util.List;

/// Every setting of a broker process. The data directory is named on the command line, not here.
public final class BrokerSettings {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int NAME_LENGTH_MAX = 255;
    private static final int PORT_MAX = 65_535;
    private static final long DAY_MS = 86_400_000L;

    public static final Setting<Integer> NODE_ID = Setting.process("node.id", SettingType.int32From(0), 1)
            .consequence("A data directory belongs to the id that wrote it first and is refused to any other.")
            .meaning("The number by which clients and other brokers know this broker.");

    public static final Setting<String> CLUSTER_ID = Setting.process("cluster.id", SettingType.text(64), "")
            .consequence("Left empty, one is drawn at the first start and kept in the data directory.")
            .meaning("The identity of the cluster; a data directory of another cluster is refused.");

    public static final Setting<String> RACK = Setting.process("broker.rack", SettingType.text(NAME_LENGTH_MAX), "")
            .consequence("Replicas of a partition are spread over racks when every broker names one.")
            .meaning("Where this broker stands.");

    public static final Setting<String> HOST = Setting.process("host", SettingType.text(NAME_LENGTH_MAX), "127.0.0.1")
            .consequence("0.0.0.0 lets every machine of the network in.")
            .meaning("The address that the client listener binds, unless listeners is given.");

    public static final Setting<Integer> PORT = Setting.process("port", SettingType.int32(0, PORT_MAX), 9092)
            .consequence("0 takes any free port.")
            .meaning("The port that the client listener binds, unless listeners is given.");

    public static final Setting<ListenerAddress> LISTENERS = Setting.process(
                    "listeners", ListenerAddress.TYPE, ListenerAddress.NONE)
            .consequence("Counts before host and port.")
            .meaning("The address that the client listener binds, in one piece.");

    public static final Setting<ListenerAddress> ADVERTISED_LISTENERS = Setting.process(
                    "advertised.listeners", ListenerAddress.TYPE, ListenerAddress.NONE)
            .consequence("Clients that cannot reach it connect once and then hang.")
            .meaning("The address that clients are told to use; left empty, the one that is bound.");

    public static final Setting<Integer> HTTP_PORT = Setting.process("http.port", SettingType.int32(0, PORT_MAX), 8080)
            .consequence("0 takes any free port.")
            .meaning("The port for health and metrics, on the same address as the client listener.");

    public static final Setting<Integer> NETWORK_THREADS = Setting.process(
                    "num.network.threads", SettingType.int32(0, 256), 0)
            .consequence("Partitions and connections are divided among them; more than cores gains nothing.")
            .meaning("How many event loops serve clients; 0 takes one less than there are cores, at least one.");

    public static final Setting<Integer> SOCKET_REQUEST_MAX_BYTES = Setting.process(
                    "socket.request.max.bytes", SettingType.int32From(1024), 100 * MEBIBYTE)
            .in(Unit.BYTES)
            .consequence("A connection that announces more is closed before anything is allocated.")
            .meaning("The largest request that is read.");

    public static final Setting<Long> QUEUED_MAX_REQUEST_BYTES = Setting.process(
                    "queued.max.request.bytes", SettingType.int64From(-1), -1L)
            .in(Unit.BYTES)
            .consequence("Over it, reading from sockets pauses; -1 takes half of the direct memory.")
            .meaning("What all requests in work may occupy together.");

    public static final Setting<Integer> NUM_PARTITIONS = Setting.process(
                    "num.partitions", SettingType.int32(1, 10_000), 1)
            .meaning("How many partitions a topic gets when its creator does not say.");

    public static final Setting<Integer> DEFAULT_REPLICATION_FACTOR = Setting.process(
                    "default.replication.factor", SettingType.int32(1, Short.MAX_VALUE), 1)
            .consequence("More than there are brokers makes creation without a number fail.")
            .meaning("How many replicas a partition gets when its creator does not say.");

    public static final Setting<Boolean> AUTO_CREATE_TOPICS_ENABLE = Setting.process(
                    "auto.create.topics.enable", SettingType.bool(), true)
            .consequence("A misspelt name then becomes a topic.")
            .meaning("Whether a client that asks for a topic that is not there gets it created.");

    public static final Setting<Boolean> DELETE_TOPIC_ENABLE =
            Setting.process("delete.topic.enable", SettingType.bool(), true).meaning("Whether topics can be deleted.");

    public static final Setting<Integer> MIN_INSYNC_REPLICAS = Setting.process(
                    "min.insync.replicas", SettingType.int32From(1), 1)
            .dynamic()
            .consequence("More survives more failures and stops writes sooner.")
            .meaning("How many replicas must be in sync for a write with acks=all to be taken.");

    public static final Setting<Boolean> UNCLEAN_LEADER_ELECTION_ENABLE = Setting.process(
                    "unclean.leader.election.enable", SettingType.bool(), false)
            .dynamic()
            .consequence("true trades acknowledged records for availability.")
            .meaning("Whether a replica that is out of sync may lead when no other is left.");

    public static final Setting<Integer> MESSAGE_MAX_BYTES = Setting.process(
                    "message.max.bytes", SettingType.int32From(0), 1_048_588)
            .dynamic()
            .in(Unit.BYTES)
            .consequence("Consumers need memory for at least one batch.")
            .meaning("The largest record batch that is taken, as compressed by its producer.");

    public static final Setting<CompressionType> COMPRESSION_TYPE = Setting.process(
                    "compression.type", CompressionType.TYPE, CompressionType.PRODUCER)
            .dynamic()
            .consequence("Stored; this release keeps batches as their producers compressed them.")
            .meaning("The codec in which batches are to be stored.");

    public static final Setting<Integer> COMPRESSION_GZIP_LEVEL = Setting.process(
                    "compression.gzip.level", SettingType.int32Or(-1, 1, 9), -1)
            .dynamic()
            .consequence("-1 is the codec's own default; higher is smaller and slower.")
            .meaning("How hard gzip works when the broker compresses.");

    public static final Setting<Integer> COMPRESSION_LZ4_LEVEL = Setting.process(
                    "compression.lz4.level", SettingType.int32(1, 17), 9)
            .dynamic()
            .consequence("Higher is smaller and slower.")
            .meaning("How hard lz4 works when the broker compresses.");

    public static final Setting<Integer> COMPRESSION_ZSTD_LEVEL = Setting.process(
                    "compression.zstd.level", SettingType.int32(-131_072, 22), 3)
            .dynamic()
            .consequence("Higher is smaller and slower.")
            .meaning("How hard zstd works when the broker compresses.");

    public static final Setting<Integer> FETCH_MAX_BYTES = Setting.process(
                    "fetch.max.bytes", SettingType.int32From(1024), 55 * MEBIBYTE)
            .in(Unit.BYTES)
            .consequence("The first batch of an answer is sent whole even when it is larger.")
            .meaning("The most that one fetch is answered with, whatever it asks for.");

    public static final Setting<Integer> FETCH_SESSION_SLOTS = Setting.process(
                    "max.incremental.fetch.session.cache.slots", SettingType.int32(0, 1_000_000), 1000)
            .consequence("Readers without a slot send their whole list of partitions each time.")
            .meaning("How many fetch sessions are kept.");

    public static final Setting<Long> PRODUCER_ID_EXPIRATION_MS = Setting.process(
                    "producer.id.expiration.ms", SettingType.int64From(1), DAY_MS)
            .dynamic()
            .in(Unit.MILLISECONDS)
            .consequence("A producer that retries later than this may write a duplicate.")
            .meaning("How long a partition remembers a producer that stopped writing.");

    public static final Setting<Integer> METRICS_DETAIL_MAX = Setting.process(
                    "metrics.detail.max", SettingType.int32(0, 100_000), 1_000)
            .consequence("Each of them costs the monitoring system two series; 0 shows none, and no lag of groups.")
            .meaning("How many partitions, and how many committed offsets of groups, metrics show one by one.");

    /// All of them.
    public static final SettingCatalogue CATALOGUE = catalogue();

    private BrokerSettings() {}

    private static SettingCatalogue catalogue() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                NODE_ID,
                CLUSTER_ID,
                RACK,
                HOST,
                PORT,
                LISTENERS,
                ADVERTISED_LISTENERS,
                HTTP_PORT,
                NETWORK_THREADS,
                SOCKET_REQUEST_MAX_BYTES,
                QUEUED_MAX_REQUEST_BYTES,
                NUM_PARTITIONS,
                DEFAULT_REPLICATION_FACTOR,
                AUTO_CREATE_TOPICS_ENABLE,
                DELETE_TOPIC_ENABLE,
                MIN_INSYNC_REPLICAS,
                UNCLEAN_LEADER_ELECTION_ENABLE,
                MESSAGE_MAX_BYTES,
                COMPRESSION_TYPE,
                COMPRESSION_GZIP_LEVEL,
                COMPRESSION_LZ4_LEVEL,
                COMPRESSION_ZSTD_LEVEL,
                FETCH_MAX_BYTES,
                FETCH_SESSION_SLOTS,
                PRODUCER_ID_EXPIRATION_MS,
                METRICS_DETAIL_MAX));
        all.addAll(ConnectionSettings.IN_ORDER);
        all.addAll(LogSettings.IN_ORDER);
        all.addAll(GroupSettings.IN_ORDER);
        return new SettingCatalogue(all);
    }
}
