package io.meridian.architecture.planted.server;

final class CountsInAStatic {
    private static int calls;

    static int next() {
        return ++calls;
    }
}
