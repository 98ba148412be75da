package io.meridian.platform.cli.node;

import io.meridian.platform.cli.output.Fields;
import java.util.Locale;

/// What the doctor found at one place.
///
/// @param check what was looked at
/// @param state how it is
/// @param found what was seen
/// @param remedy what to do; empty if all is well
record Finding(String check, State state, String found, String remedy) {
    /// How something is, from good to bad.
    enum State {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String check, String found) {
        return new Finding(check, State.OK, found, "");
    }

    static Finding warn(String check, String found, String remedy) {
        return new Finding(check, State.WARN, found, remedy);
    }

    static Finding fail(String check, String found, String remedy) {
        return new Finding(check, State.FAIL, found, remedy);
    }

    Fields row() {
        return Fields.of("check", check)
                .with("state", state.name().toLowerCase(Locale.ROOT))
                .with("found", found)
                .with("remedy", remedy.isEmpty() ? null : remedy);
    }
}
