package io.meridian.engine.handler;

import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.FeatureLevels;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.VersionRange;
import io.meridian.protocol.message.ApiVersionsRequest;
import io.meridian.protocol.message.ApiVersionsResponse;
import io.meridian.protocol.message.ApiVersionsResponse.ApiVersion;
import io.meridian.protocol.message.ApiVersionsResponse.FinalizedFeatureKey;
import io.meridian.protocol.message.ApiVersionsResponse.SupportedFeatureKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// ApiVersions: what may be asked here, the first thing a client wants to know. Needs no right.
///
/// A version that we do not know is answered in the form of version 0 with UNSUPPORTED_VERSION and the range that we
/// do know; the listener encodes it so. From version 3 on the client names itself, in a form that is checked because
/// it ends up in logs and metrics. From version 5 on it may say which cluster and node it expects (KIP-1242).
public final class ApiVersionsHandler {
    private static final short LOWEST_VERSION_WITH_SOFTWARE_NAME = 3;
    private static final short LOWEST_VERSION_WITH_ZERO_MINIMUM_FEATURES = 4;
    private static final short LOWEST_VERSION_WITH_EXPECTED_NODE = 5;
    private static final int ANY_NODE = -1;
    private static final Pattern SOFTWARE_NAME = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9\\-.]*[a-zA-Z0-9])?");

    private static final List<ApiVersion> OFFERED = offered();

    private final NodeScope scope;

    public ApiVersionsHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, ApiVersionsRequest request) {
        scope.reply(context, answer(context.apiVersion(), request));
    }

    private ApiVersionsResponse answer(short version, ApiVersionsRequest request) {
        if (version < ApiVersionsRequest.LOWEST_VERSION || version > ApiVersionsRequest.HIGHEST_VERSION) {
            return ApiVersionsResponse.DEFAULT
                    .withErrorCode(ErrorCode.UNSUPPORTED_VERSION.code())
                    .withApiKeys(OFFERED);
        }
        if (version >= LOWEST_VERSION_WITH_SOFTWARE_NAME && !isNamed(request)) {
            return ApiVersionsResponse.DEFAULT.withErrorCode(ErrorCode.INVALID_REQUEST.code());
        }
        MetadataImage image = scope.image();
        if (version >= LOWEST_VERSION_WITH_EXPECTED_NODE && !isExpected(request, image)) {
            return ApiVersionsResponse.DEFAULT.withErrorCode(ErrorCode.REBOOTSTRAP_REQUIRED.code());
        }
        return ApiVersionsResponse.DEFAULT
                .withApiKeys(OFFERED)
                .withSupportedFeatures(supported(version))
                .withFinalizedFeaturesEpoch(image.metadataOffset())
                .withFinalizedFeatures(finalized(image));
    }

    private static boolean isNamed(ApiVersionsRequest request) {
        return SOFTWARE_NAME.matcher(request.clientSoftwareName()).matches()
                && SOFTWARE_NAME.matcher(request.clientSoftwareVersion()).matches();
    }

    private boolean isExpected(ApiVersionsRequest request, MetadataImage image) {
        boolean sameCluster = request.clusterId() == null || request.clusterId().equals(image.clusterId());
        return sameCluster && (request.nodeId() == ANY_NODE || request.nodeId() == scope.brokerId());
    }

    /// Old Java clients refuse a feature whose lowest level is 0, so versions before 4 are not told of such.
    private static List<SupportedFeatureKey> supported(short version) {
        List<SupportedFeatureKey> features = new ArrayList<>();
        for (Map.Entry<String, Integer> feature : FeatureLevels.HIGHEST.entrySet()) {
            if (version >= LOWEST_VERSION_WITH_ZERO_MINIMUM_FEATURES) {
                features.add(new SupportedFeatureKey(
                        feature.getKey(), (short) 0, feature.getValue().shortValue()));
            }
        }
        return features;
    }

    private static List<FinalizedFeatureKey> finalized(MetadataImage image) {
        List<FinalizedFeatureKey> features = new ArrayList<>();
        for (Map.Entry<String, Integer> feature : image.features().levels().entrySet()) {
            short level = feature.getValue().shortValue();
            features.add(new FinalizedFeatureKey(feature.getKey(), level, level));
        }
        return features;
    }

    private static List<ApiVersion> offered() {
        List<ApiVersion> versions = new ArrayList<>();
        for (ApiSupport support : ApiSupport.offered()) {
            VersionRange range = support.advertised();
            if (range != null) {
                versions.add(new ApiVersion(support.apiKey().number(), range.lowest(), range.highest()));
            }
        }
        return List.copyOf(versions);
    }
}
