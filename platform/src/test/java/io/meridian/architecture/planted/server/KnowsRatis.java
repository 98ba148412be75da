package io.meridian.architecture.planted.server;

import org.apache.ratis.StandIn;

record KnowsRatis(StandIn consensus) {}
