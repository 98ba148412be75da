package io.meridian.engine.metadata.image;

import org.pcollections.TreePMap;

/// The finalized level of each feature: what the whole cluster may rely on. A feature without entry is at level 0.
public record FeaturesImage(TreePMap<String, Integer> levels) {
    public static final FeaturesImage EMPTY = new FeaturesImage(TreePMap.empty());

    public int level(String feature) {
        Integer level = levels.get(feature);
        return level == null ? 0 : level;
    }

    /// These levels with one changed; level 0 removes the entry.
    public FeaturesImage with(String feature, int level) {
        return new FeaturesImage(level == 0 ? levels.minus(feature) : levels.plus(feature, level));
    }
}
