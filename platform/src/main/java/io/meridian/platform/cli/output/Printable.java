package io.meridian.platform.cli.output;

/// Text from outside made harmless for a terminal.
public final class Printable {
    private Printable() {}

    /// The same text with control and formatting characters escaped, so that it stays in its line and sets no
    /// colours.
    public static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> safe.append("\\n");
                case '\r' -> safe.append("\\r");
                case '\t' -> safe.append("\\t");
                default -> {
                    if (isHarmless(c)) {
                        safe.appendCodePoint(c);
                    } else {
                        safe.append("\\u{").append(Integer.toHexString(c)).append('}');
                    }
                }
            }
        });
        return safe.toString();
    }

    private static boolean isHarmless(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
