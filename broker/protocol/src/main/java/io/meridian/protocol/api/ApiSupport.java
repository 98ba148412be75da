package io.meridian.protocol.api;

import io.meridian.protocol.wire.WireLimits;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What we offer of one API, and how much one request of it may ask for: the table that ApiVersions answers from and
/// that frames are held against before they are decoded.
///
/// An API without a declaration here is not advertised and has the limits that most have.
///
/// @param advertised the versions that clients are told of, or null when they are told nothing of the API
/// @param lowestParsed the lowest version that can be read; versions below it are advertised only for the sake of
///     old libraries that look for them and then use newer ones
/// @param maxFrameBytes the largest request, header included
/// @param limits what decoding a request may allocate
public record ApiSupport(
        ApiKey apiKey, @Nullable VersionRange advertised, short lowestParsed, int maxFrameBytes, WireLimits limits) {
    /// The largest request of a client that has not proven yet who it is.
    public static final int UNAUTHENTICATED_FRAME_BYTES = 16 * 1_024;

    private static final short FIRST_VERSION = 0;
    private static final int MIB = 1_024 * 1_024;

    /// Requests that carry records.
    private static final int RECORDS_FRAME_BYTES = 100 * MIB;

    /// Requests that carry what members of groups tell each other, or the offsets of many partitions.
    private static final int GROUP_FRAME_BYTES = 8 * MIB;

    private static final List<ApiSupport> DECLARED = List.of(
            offered(ApiKey.PRODUCE, 0, 13).parsedFrom(3).framesOf(RECORDS_FRAME_BYTES),
            offered(ApiKey.FETCH, 4, 18),
            offered(ApiKey.LIST_OFFSETS, 1, 11),
            offered(ApiKey.METADATA, 0, 13),
            offered(ApiKey.OFFSET_COMMIT, 2, 10).framesOf(GROUP_FRAME_BYTES),
            offered(ApiKey.OFFSET_FETCH, 1, 10).framesOf(GROUP_FRAME_BYTES),
            offered(ApiKey.FIND_COORDINATOR, 0, 6),
            offered(ApiKey.JOIN_GROUP, 0, 9).framesOf(GROUP_FRAME_BYTES),
            offered(ApiKey.HEARTBEAT, 0, 4),
            offered(ApiKey.LEAVE_GROUP, 0, 5),
            offered(ApiKey.SYNC_GROUP, 0, 5).framesOf(GROUP_FRAME_BYTES),
            offered(ApiKey.DESCRIBE_GROUPS, 0, 6),
            offered(ApiKey.LIST_GROUPS, 0, 5),
            offered(ApiKey.API_VERSIONS, 0, 5).framesOf(UNAUTHENTICATED_FRAME_BYTES),
            offered(ApiKey.CREATE_TOPICS, 2, 7),
            offered(ApiKey.DELETE_TOPICS, 1, 6),
            offered(ApiKey.DELETE_RECORDS, 0, 2),
            offered(ApiKey.INIT_PRODUCER_ID, 0, 5),
            offered(ApiKey.OFFSET_FOR_LEADER_EPOCH, 2, 4),
            hidden(ApiKey.ADD_PARTITIONS_TO_TXN).framesOf(GROUP_FRAME_BYTES),
            hidden(ApiKey.WRITE_TXN_MARKERS).framesOf(GROUP_FRAME_BYTES),
            hidden(ApiKey.TXN_OFFSET_COMMIT).framesOf(GROUP_FRAME_BYTES),
            offered(ApiKey.DESCRIBE_ACLS, 1, 3),
            offered(ApiKey.CREATE_ACLS, 1, 3),
            offered(ApiKey.DELETE_ACLS, 1, 3),
            offered(ApiKey.DESCRIBE_CONFIGS, 1, 4),
            offered(ApiKey.ALTER_CONFIGS, 0, 2),
            offered(ApiKey.DESCRIBE_LOG_DIRS, 1, 5),
            offered(ApiKey.CREATE_PARTITIONS, 0, 3),
            offered(ApiKey.DELETE_GROUPS, 0, 2),
            offered(ApiKey.ELECT_LEADERS, 0, 2),
            offered(ApiKey.INCREMENTAL_ALTER_CONFIGS, 0, 1),
            offered(ApiKey.LIST_PARTITION_REASSIGNMENTS, 0, 0),
            offered(ApiKey.OFFSET_DELETE, 0, 0),
            offered(ApiKey.DESCRIBE_CLIENT_QUOTAS, 0, 1),
            offered(ApiKey.DESCRIBE_USER_SCRAM_CREDENTIALS, 0, 0),
            offered(ApiKey.DESCRIBE_CLUSTER, 0, 2),
            offered(ApiKey.DESCRIBE_PRODUCERS, 0, 0),
            hidden(ApiKey.CONSUMER_GROUP_HEARTBEAT).framesOf(GROUP_FRAME_BYTES),
            offered(ApiKey.CONSUMER_GROUP_DESCRIBE, 0, 1),
            offered(ApiKey.LIST_CONFIG_RESOURCES, 0, 1),
            offered(ApiKey.DESCRIBE_TOPIC_PARTITIONS, 0, 0),
            hidden(ApiKey.SHARE_GROUP_HEARTBEAT).framesOf(GROUP_FRAME_BYTES),
            hidden(ApiKey.STREAMS_GROUP_HEARTBEAT).framesOf(GROUP_FRAME_BYTES));

    private static final Map<ApiKey, ApiSupport> BY_KEY = byKey();

    /// The declaration of an API.
    public static ApiSupport of(ApiKey apiKey) {
        ApiSupport declared = BY_KEY.get(apiKey);
        return declared == null ? hidden(apiKey) : declared;
    }

    /// The APIs that clients are told of, by number.
    public static List<ApiSupport> offered() {
        return DECLARED.stream().filter(support -> support.advertised != null).toList();
    }

    /// The version in which a request is answered: its own, but for a version of ApiVersions that is not known,
    /// which is answered in the first one.
    public static short answerVersion(short apiKey, short version) {
        return apiKey == ApiKey.API_VERSIONS.number() && !parses(apiKey, version) ? FIRST_VERSION : version;
    }

    /// Whether clients may send this version of this API: it is advertised and can be read.
    public static boolean parses(short apiKey, short version) {
        ApiKey key = ApiKey.of(apiKey);
        if (key == null) {
            return false;
        }
        ApiSupport support = of(key);
        return support.advertised != null && support.advertised.contains(version) && version >= support.lowestParsed;
    }

    private static Map<ApiKey, ApiSupport> byKey() {
        Map<ApiKey, ApiSupport> byKey = new EnumMap<>(ApiKey.class);
        for (ApiSupport support : DECLARED) {
            byKey.put(support.apiKey, support);
        }
        return byKey;
    }

    private static ApiSupport offered(ApiKey apiKey, int lowest, int highest) {
        VersionRange versions = new VersionRange((short) lowest, (short) highest);
        return new ApiSupport(apiKey, versions, versions.lowest(), MIB, WireLimits.DEFAULT);
    }

    private static ApiSupport hidden(ApiKey apiKey) {
        return new ApiSupport(apiKey, null, (short) 0, MIB, WireLimits.DEFAULT);
    }

    private ApiSupport parsedFrom(int version) {
        return new ApiSupport(apiKey, advertised, (short) version, maxFrameBytes, limits);
    }

    private ApiSupport framesOf(int maxBytes) {
        return new ApiSupport(apiKey, advertised, lowestParsed, maxBytes, limits);
    }
}
