package io.meridian.engine.metadata;

import io.meridian.engine.metadata.image.FeaturesImage;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/// The features that the cluster finalizes, and how far this release goes.
public final class FeatureLevels {
    /// Gates the formats in the metadata log.
    public static final String METADATA = "meridian.metadata.version";
    /// The highest level that this release reads and writes.
    public static final int METADATA_MAX = 1;
    /// What clients look at to choose their transaction protocol. Level 0 until transactions exist.
    public static final String TRANSACTION = "transaction.version";

    public static final int TRANSACTION_MAX = 0;

    /// The highest level of each feature that this release can work with, in the order of names.
    public static final SortedMap<String, Integer> HIGHEST =
            TreePMap.singleton(METADATA, METADATA_MAX).plus(TRANSACTION, TRANSACTION_MAX);

    private FeatureLevels() {}

    /// Why this process must not work with these levels; null when it can.
    public static @Nullable String refusal(FeaturesImage features) {
        int metadata = features.level(METADATA);
        if (metadata > METADATA_MAX) {
            return newer(METADATA, metadata, METADATA_MAX);
        }
        int transaction = features.level(TRANSACTION);
        return transaction > TRANSACTION_MAX ? newer(TRANSACTION, transaction, TRANSACTION_MAX) : null;
    }

    /// What the first start of a cluster finalizes.
    static List<MetadataRecord> first() {
        return List.of(new MetadataRecord.FeatureLevel(METADATA, METADATA_MAX));
    }

    static FeaturesImage apply(FeaturesImage features, MetadataRecord.FeatureLevel record) {
        return features.with(record.feature(), record.level());
    }

    private static String newer(String feature, int level, int levelMax) {
        return "metadata written by a newer format: " + feature + " is " + level + ", known up to " + levelMax;
    }
}
