package io.meridian.settings;

import io.meridian.base.SettingType;
import java.util.List;

/// When an append counts as written for good.
public enum FlushPolicy {
    /// When the disk has confirmed it: an acknowledged record survives a loss of power.
    ACK("ack"),
    /// When the operating system has it: an acknowledged record survives the end of the process, not of the machine.
    OS("os");

    static final SettingType<FlushPolicy> TYPE = SettingType.oneOf(List.of(values()), FlushPolicy::text);

    private final String text;

    FlushPolicy(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
