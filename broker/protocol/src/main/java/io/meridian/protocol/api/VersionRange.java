package io.meridian.protocol.api;

/// Versions of an API from `lowest` to `highest`, both inclusive.
public record VersionRange(short lowest, short highest) {
    public boolean contains(short version) {
        return lowest <= version && version <= highest;
    }

    @Override
    public String toString() {
        return lowest + ".." + highest;
    }
}
