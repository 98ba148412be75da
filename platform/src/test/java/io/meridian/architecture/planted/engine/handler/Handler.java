package io.meridian.architecture.planted.engine.handler;

public record Handler() {}
