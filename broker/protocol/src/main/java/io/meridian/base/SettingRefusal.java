package io.meridian.base;

/// Why a value was not taken: what was found and what is expected.
///
/// @param name the setting's name as it was given
/// @param found the text as it was given; masked when the setting is sensitive
/// @param expected a noun phrase: `a whole number from 1 to 10`
public record SettingRefusal(String name, String found, String expected) {
    /// One line without line break, whatever was found.
    public String message() {
        return clean(name) + ": found '" + clean(found) + "', expected " + expected;
    }

    private static String clean(String text) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
