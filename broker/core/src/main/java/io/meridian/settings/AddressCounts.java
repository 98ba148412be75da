package io.meridian.settings;

import io.meridian.base.SettingType;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Numbers for single addresses, as `address:count,address:count`. An IPv6 address may stand in brackets.
final class AddressCounts {
    static final SortedMap<String, Integer> NONE = Collections.unmodifiableSortedMap(new TreeMap<>());

    static final SettingType<SortedMap<String, Integer>> TYPE = SettingType.parsed(
            SettingType.Kind.LIST,
            "addresses with counts, such as 10.0.0.7:2000,[2001:db8::1]:50",
            AddressCounts::parse,
            AddressCounts::text);

    private static final SettingType<Integer> COUNT = SettingType.int32From(0);
    private static final int ENTRIES_MAX = 1_000;

    private AddressCounts() {}

    private static String text(SortedMap<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> bracketed(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    private static String bracketed(String address) {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }

    private static @Nullable SortedMap<String, Integer> parse(String text) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        if (text.isEmpty()) {
            return NONE;
        }
        for (String entry : text.split(",", ENTRIES_MAX + 1)) {
            int colon = entry.lastIndexOf(':');
            Integer count = colon < 0 ? null : COUNT.parse(entry.substring(colon + 1));
            String address = colon < 0 ? "" : bare(entry.substring(0, colon).trim());
            if (count == null || !isAddress(address) || counts.put(address, count) != null) {
                return null;
            }
        }
        return Collections.unmodifiableSortedMap(counts);
    }

    private static String bare(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }

    /// Whether it looks like an address; whether it is one is found out by whoever opens sockets.
    private static boolean isAddress(String address) {
        boolean isHex = address.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
        return !address.isEmpty() && isHex && (address.indexOf(':') >= 0 || isFourNumbers(address));
    }

    private static boolean isFourNumbers(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (SettingType.int32(0, 255).parse(part) == null) {
                return false;
            }
        }
        return true;
    }
}
