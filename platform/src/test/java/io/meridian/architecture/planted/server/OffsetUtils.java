package io.meridian.architecture.planted.server;

final class OffsetUtils {}
