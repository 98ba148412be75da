package io.meridian.architecture.planted.log;

import io.meridian.architecture.planted.engine.handler.Handler;

record KnowsTheEngine(Handler handler) {}
