package io.meridian.architecture.planted.cycle.second;

import io.meridian.architecture.planted.cycle.first.First;
import org.jspecify.annotations.Nullable;

public record Second(@Nullable First next) {}
