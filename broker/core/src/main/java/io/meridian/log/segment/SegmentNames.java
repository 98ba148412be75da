package io.meridian.log.segment;

import java.util.Locale;

/// The names inside a partition's directory.
public final class SegmentNames {
    public static final String LOG = ".log";
    public static final String INDEX = ".index";
    public static final String TIME_INDEX = ".timeindex";
    public static final String SNAPSHOT = ".snapshot";
    /// Behind `<base>.log`: bytes that recovery cut off although valid batches follow the cut.
    public static final String CUT = ".cut-";

    private static final int OFFSET_DIGITS = 20;

    private SegmentNames() {}

    public static String of(String directory, long offset, String suffix) {
        return directory + "/" + String.format(Locale.ROOT, "%020d", offset) + suffix;
    }

    /// The offset in front of `suffix`; -1 when `name` is not such a name.
    public static long offsetOf(String name, String suffix) {
        if (name.length() != OFFSET_DIGITS + suffix.length() || !name.endsWith(suffix)) {
            return -1;
        }
        long offset = 0;
        for (int index = 0; index < OFFSET_DIGITS; index++) {
            int digit = name.charAt(index) - '0';
            if (digit < 0 || digit > 9 || offset > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            offset = offset * 10 + digit;
        }
        return offset;
    }
}
