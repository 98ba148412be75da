package io.meridian.architecture.planted.cycle.first;

import io.meridian.architecture.planted.cycle.second.Second;

public record First(Second next) {}
