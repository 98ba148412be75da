package io.meridian.settings;

import io.meridian.base.Invariant;
import io.meridian.base.Setting;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// Texts that passed their declarations, readable as values. Made by [SettingCatalogue#read].
public final class SettingValues {
    /// Nothing was given: every setting is at its default.
    public static final SettingValues DEFAULTS = new SettingValues(TreePMap.empty());

    private final TreePMap<String, String> given;

    SettingValues(TreePMap<String, String> given) {
        this.given = given;
    }

    /// The texts that were given, in the order of names.
    public SortedMap<String, String> given() {
        return given;
    }

    public boolean isGiven(Setting<?> setting) {
        return given.containsKey(setting.name());
    }

    /// The text that was given; null when none was.
    public @Nullable String text(Setting<?> setting) {
        return given.get(setting.name());
    }

    /// The value that was given, else the default.
    public <T> T value(Setting<T> setting) {
        String text = given.get(setting.name());
        return text == null
                ? setting.defaultValue()
                : Invariant.present(setting.type().parse(text), "a value that was never checked");
    }
}
