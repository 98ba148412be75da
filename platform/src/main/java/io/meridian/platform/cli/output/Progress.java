package io.meridian.platform.cli.output;

import io.meridian.platform.terminal.Console;
import java.util.Locale;

/// A line on standard error that counts while long work goes on. Nothing is written unless standard error is a
/// terminal, nor before the work has taken a second.
public final class Progress {
    private static final long FIRST_NS = 1_000_000_000L;
    private static final long EVERY_NS = 200_000_000L;

    private final Console console;
    private final String unit;
    private final long startedNs = System.nanoTime();
    private long nextNs = startedNs + FIRST_NS;
    private boolean shown;

    /// @param unit what is counted, in the plural
    public Progress(Console console, String unit) {
        this.console = console;
        this.unit = unit;
    }

    /// So many are done.
    public void at(long count) {
        long nowNs = System.nanoTime();
        if (console.terminals().err() && nowNs - nextNs >= 0) {
            nextNs = nowNs + EVERY_NS;
            shown = true;
            double seconds = (nowNs - startedNs) / 1e9;
            console.err()
                    .print(String.format(Locale.ROOT, "\r\033[K%,d %s, %,.0f a second", count, unit, count / seconds));
            console.err().flush();
        }
    }

    /// Takes the line away.
    public void end() {
        if (shown) {
            console.err().print("\r\033[K");
            console.err().flush();
        }
    }
}
