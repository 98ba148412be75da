package io.meridian.codecgenerator;

/// Versions from `lowest` to `highest`, both inclusive; empty when `lowest > highest`.
record VersionRange(int lowest, int highest) {
    static final VersionRange NONE = new VersionRange(0, -1);

    private static final int OPEN_END = Short.MAX_VALUE;

    /// Reads `none`, `3`, `3+` and `3-13`.
    static VersionRange parse(String text) {
        if (text.equals("none")) {
            return NONE;
        }
        if (text.endsWith("+")) {
            return new VersionRange(Integer.parseInt(text.substring(0, text.length() - 1)), OPEN_END);
        }
        int dash = text.indexOf('-');
        if (dash < 0) {
            int only = Integer.parseInt(text);
            return new VersionRange(only, only);
        }
        return new VersionRange(Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    boolean isEmpty() {
        return lowest > highest;
    }

    boolean contains(int version) {
        return lowest <= version && version <= highest;
    }

    boolean covers(VersionRange other) {
        return other.isEmpty() || (contains(other.lowest) && contains(other.highest));
    }

    VersionRange intersect(VersionRange other) {
        VersionRange both = new VersionRange(Math.max(lowest, other.lowest), Math.min(highest, other.highest));
        return both.isEmpty() ? NONE : both;
    }

    /// The Java condition on `version` that holds in this range, given that `version` is in `known`.
    String condition(VersionRange known) {
        VersionRange inside = intersect(known);
        if (inside.isEmpty()) {
            return "false";
        }
        boolean fromStart = inside.lowest == known.lowest;
        boolean toEnd = inside.highest == known.highest;
        if (fromStart && toEnd) {
            return "true";
        }
        if (inside.lowest == inside.highest) {
            return "version == " + inside.lowest;
        }
        if (fromStart) {
            return "version <= " + inside.highest;
        }
        String above = "version >= " + inside.lowest;
        return toEnd ? above : above + " && version <= " + inside.highest;
    }

    @Override
    public String toString() {
        if (isEmpty()) {
            return "none";
        }
        if (highest == OPEN_END) {
            return lowest + "+";
        }
        return lowest == highest ? Integer.toString(lowest) : lowest + "-" + highest;
    }
}
