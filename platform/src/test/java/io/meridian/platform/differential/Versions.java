package io.meridian.platform.differential;

import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.message.ApiVersionsRequest;
import io.meridian.protocol.message.ApiVersionsResponse;
import io.meridian.protocol.message.ApiVersionsResponse.ApiVersion;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// The versions that both brokers offer of each API.
final class Versions {
    private record Range(int lowest, int highest) {}

    private final Map<ApiKey, Range> common = new EnumMap<>(ApiKey.class);

    Versions(Side peer, Side ours) {
        Map<Short, Range> there = offered(peer);
        Map<Short, Range> here = offered(ours);
        for (ApiKey key : ApiKey.values()) {
            Range theirs = there.get(key.number());
            Range own = here.get(key.number());
            if (theirs != null && own != null) {
                common.put(
                        key,
                        new Range(Math.max(theirs.lowest(), own.lowest()), Math.min(theirs.highest(), own.highest())));
            }
        }
    }

    private static Map<Short, Range> offered(Side side) {
        ApiVersionsRequest request = ApiVersionsRequest.DEFAULT
                .withClientSoftwareName("differential")
                .withClientSoftwareVersion("1");
        ApiVersionsResponse response =
                (ApiVersionsResponse) side.ask("main", request, (short) 3).orElseThrow();
        Map<Short, Range> offered = new TreeMap<>();
        for (ApiVersion version : response.apiKeys()) {
            offered.put(version.apiKey(), new Range(version.minVersion(), version.maxVersion()));
        }
        return offered;
    }

    boolean has(ApiKey key) {
        return common.containsKey(key);
    }

    int lowest(ApiKey key) {
        return range(key).lowest();
    }

    int highest(ApiKey key) {
        return range(key).highest();
    }

    private Range range(ApiKey key) {
        Range range = common.get(key);
        if (range == null) {
            throw new IllegalStateException(key + " is not offered by both");
        }
        return range;
    }
}
