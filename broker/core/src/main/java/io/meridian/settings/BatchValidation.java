package io.meridian.settings;

import io.meridian.base.SettingType;
import java.util.List;

/// How closely a produced batch is looked at before it is appended.
public enum BatchValidation {
    /// Header, checksum, counts, sequences and header timestamps; compressed batches are opened only when a rule needs
    /// their records.
    RELAXED("relaxed"),
    /// Every record of every batch, as Kafka does.
    STRICT("strict");

    static final SettingType<BatchValidation> TYPE = SettingType.oneOf(List.of(values()), BatchValidation::text);

    private final String text;

    BatchValidation(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
