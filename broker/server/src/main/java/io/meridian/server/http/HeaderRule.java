package io.meridian.server.http;

import io.vertx.core.MultiMap;
import java.util.Map;

/// What the names and values of request headers may consist of. Stricter than what servers usually put up with,
/// because two parties that read a sloppy header differently can be played against each other.
final class HeaderRule {
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7F;

    private HeaderRule() {}

    static boolean allows(MultiMap headers) {
        for (Map.Entry<String, String> header : headers) {
            if (!isToken(header.getKey()) || !isPlain(header.getValue())) {
                return false;
            }
        }
        return headers.getAll("Content-Length").size() <= 1
                && headers.getAll("Host").size() <= 1
                && !(headers.contains("Content-Length") && headers.contains("Transfer-Encoding"));
    }

    static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().allMatch(HeaderRule::isTokenCharacter);
    }

    private static boolean isTokenCharacter(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || TOKEN_SIGNS.indexOf(character) >= 0;
    }

    private static boolean isPlain(String value) {
        return value.chars()
                .allMatch(character -> character == '\t' || (character >= FIRST_PRINTABLE && character != DELETE));
    }
}
