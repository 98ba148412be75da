package io.meridian.settings;

import io.meridian.base.SettingType;
import java.util.List;

/// Whose clock a record's timestamp comes from.
public enum TimestampType {
    CREATE_TIME("CreateTime"),
    LOG_APPEND_TIME("LogAppendTime");

    static final SettingType<TimestampType> TYPE = SettingType.oneOf(List.of(values()), TimestampType::text);

    private final String text;

    TimestampType(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
