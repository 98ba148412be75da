package io.meridian.planted;

import java.util.List;

final class Warned {
    int size(List rows) {
        return rows.size();
    }
}
