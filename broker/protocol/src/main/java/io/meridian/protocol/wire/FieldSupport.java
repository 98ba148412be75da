package io.meridian.protocol.wire;

import org.jspecify.annotations.Nullable;

/// The checks that generated messages share.
public final class FieldSupport {
    private FieldSupport() {}

    /// @throws UnsupportedVersionException unless `lowest <= version <= highest`
    public static void checkVersion(String message, short version, short lowest, short highest) {
        if (version < lowest || version > highest) {
            throw new UnsupportedVersionException(
                    message + " has versions " + lowest + " to " + highest + ", not " + version);
        }
    }

    /// The value of a field that must not be null in `version`.
    ///
    /// @throws UnsupportedFieldException when it is null
    public static <T> T present(String field, @Nullable T value, short version) {
        if (value == null) {
            throw new UnsupportedFieldException(field + " cannot be null in version " + version);
        }
        return value;
    }

    /// Refuses to lose the value of a field that `version` lacks.
    ///
    /// @throws UnsupportedFieldException unless the field has its default
    public static void checkDefault(String field, boolean isDefault, short version) {
        if (!isDefault) {
            throw new UnsupportedFieldException(field + " is set, but version " + version + " cannot carry it");
        }
    }
}
