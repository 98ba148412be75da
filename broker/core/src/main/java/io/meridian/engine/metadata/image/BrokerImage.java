package io.meridian.engine.metadata.image;

import io.meridian.base.Uuid;
import org.jspecify.annotations.Nullable;

/// One registered broker.
///
/// @param incarnationId drawn by the process at its start: two processes never share one
/// @param brokerEpoch higher with every registration; an order or request with an older one is refused
/// @param host where clients reach it
/// @param port where clients reach it, 1 to 65535
/// @param rack null when not told
/// @param fenced a fenced broker leads nothing and is shown to no client
public record BrokerImage(
        int brokerId,
        Uuid incarnationId,
        long brokerEpoch,
        String host,
        int port,
        @Nullable String rack,
        boolean fenced) {}
