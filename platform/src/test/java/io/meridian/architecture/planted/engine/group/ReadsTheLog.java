package io.meridian.architecture.planted.engine.group;

import io.meridian.architecture.planted.log.Log;

record ReadsTheLog(Log log) {}
