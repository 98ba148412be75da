package io.meridian.settings;

import java.util.Collection;

/// Finds the name that somebody probably meant.
public final class NearestName {
    /// Longer texts are cut before they are compared: they come from outside, and no name is that long.
    private static final int LENGTH_MAX = 100;

    private NearestName() {}

    /// The name with the fewest single-character edits from `text`, the first in order among equals.
    ///
    /// @param names at least one
    public static String of(String text, Collection<String> names) {
        String found = text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) : text;
        String nearest = "";
        int fewestEdits = Integer.MAX_VALUE;
        for (String name : names) {
            int edits = edits(found, name);
            if (edits < fewestEdits) {
                fewestEdits = edits;
                nearest = name;
            }
        }
        return nearest;
    }

    /// Insertions, deletions and replacements that make `one` from `other`. Takes time proportional to the product
    /// of their lengths.
    public static int edits(String one, String other) {
        int[] previous = new int[other.length() + 1];
        int[] current = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = previous[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            int[] finished = previous;
            previous = current;
            current = finished;
        }
        return previous[other.length()];
    }
}
