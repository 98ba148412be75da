package io.meridian.architecture.planted.engine.group;

import io.meridian.architecture.planted.engine.handler.Handler;

record CallsTheHandler(Handler handler) {}
