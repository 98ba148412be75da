package io.meridian.platform.cli.topic;

/// Names with `*` for any characters.
final class Glob {
    private Glob() {}

    /// Whether a name matches, in time proportional to the product of both lengths at worst.
    static boolean matches(String pattern, String name) {
        int at = 0;
        int inName = 0;
        int star = -1;
        int resume = 0;
        while (inName < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = inName;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(inName)) {
                at++;
                inName++;
            } else if (star >= 0) {
                at = star + 1;
                inName = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
