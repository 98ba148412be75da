package io.meridian.settings;

import io.meridian.base.Invariant;
import io.meridian.base.Setting;
import io.meridian.base.SettingRefusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// The settings that may be given in one place, by name.
public final class SettingCatalogue {
    /// What came of a set of texts.
    public sealed interface Read {
        /// Everything was taken.
        record Values(SettingValues values) implements Read {}

        /// Nothing was taken.
        ///
        /// @param refusals at least one, in the order of names
        record Refused(List<SettingRefusal> refusals) implements Read {}
    }

    private final List<Setting<?>> inOrder;
    private final TreePMap<String, Setting<?>> byName;

    /// @param settings in the order in which a page lists them, each name once
    SettingCatalogue(List<Setting<?>> settings) {
        TreePMap<String, Setting<?>> names = TreePMap.empty();
        for (Setting<?> setting : settings) {
            Invariant.check(!names.containsKey(setting.name()), "declared twice: " + setting.name());
            names = names.plus(setting.name(), setting);
        }
        this.inOrder = List.copyOf(settings);
        this.byName = names;
    }

    public List<Setting<?>> inOrder() {
        return inOrder;
    }

    /// In the order of the alphabet.
    public Collection<String> names() {
        return byName.keySet();
    }

    public @Nullable Setting<?> byName(String name) {
        return byName.get(name);
    }

    /// Why this value cannot be set; null when it can.
    public @Nullable SettingRefusal refusal(String name, String text) {
        Setting<?> setting = byName.get(name);
        if (setting == null) {
            return new SettingRefusal(
                    name, text, "a known name; the nearest one is " + NearestName.of(name, byName.keySet()));
        }
        return setting.parse(text) instanceof Setting.Parsed.Refused<?>(SettingRefusal refusal) ? refusal : null;
    }

    /// The typed values of `given`, the rest at their defaults; or every reason against it.
    public Read read(Map<String, String> given) {
        SortedMap<String, String> sorted = new TreeMap<>(given);
        List<SettingRefusal> refusals = new ArrayList<>();
        sorted.forEach((name, text) -> {
            SettingRefusal refusal = refusal(name, text);
            if (refusal != null) {
                refusals.add(refusal);
            }
        });
        return refusals.isEmpty()
                ? new Read.Values(new SettingValues(TreePMap.fromSortedMap(sorted)))
                : new Read.Refused(List.copyOf(refusals));
    }
}
