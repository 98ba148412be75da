package io.meridian.architecture.planted.engine.group;

import java.util.Map;

final class CopiesAMap {
    Map<String, Integer> copy(Map<String, Integer> original) {
        return Map.copyOf(original);
    }
}
