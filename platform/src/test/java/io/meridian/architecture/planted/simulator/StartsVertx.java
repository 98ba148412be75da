package io.meridian.architecture.planted.simulator;

import io.vertx.core.Vertx;

record StartsVertx(Vertx vertx) {}
