package io.meridian.settings;

import io.meridian.base.SettingType;
import java.util.List;

/// The codec in which a topic's batches are stored.
public enum CompressionType {
    UNCOMPRESSED("uncompressed"),
    GZIP("gzip"),
    SNAPPY("snappy"),
    LZ4("lz4"),
    ZSTD("zstd"),
    /// Whatever the producer chose.
    PRODUCER("producer");

    static final SettingType<CompressionType> TYPE = SettingType.oneOf(List.of(values()), CompressionType::text);

    private final String text;

    CompressionType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
