package io.meridian.planted;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

@NullMarked
final class Refused {
    int length(@Nullable String text) {
        return text.length();
    }

    void forgets(String text) {
        text.trim();
    }
}
