package io.meridian.architecture.planted.log;

public record Log() {}
