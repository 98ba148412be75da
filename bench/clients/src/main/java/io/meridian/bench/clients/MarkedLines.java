package io.meridian.bench.clients;

import java.io.OutputStream;
import java.io.PrintStream;

/// Passes bytes on, with `| ` before each line, so that what a tool prints cannot be taken for an answer.
final class MarkedLines extends OutputStream {
    private final PrintStream target;
    private boolean atLineStart = true;

    MarkedLines(PrintStream target) {
        this.target = target;
    }

    @Override
    public synchronized void write(int octet) {
        if (atLineStart) {
            target.print("| ");
        }
        target.write(octet);
        atLineStart = octet == '\n';
    }

    @Override
    public synchronized void flush() {
        target.flush();
    }
}
