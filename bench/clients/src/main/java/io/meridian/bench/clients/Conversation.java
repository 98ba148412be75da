package io.meridian.bench.clients;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;

/// A job that stops in between, so that its caller can look at the broker: it says what it has reached and goes on
/// when it is told to.
record Conversation(BufferedReader input, PrintStream out) {
    /// Prints one line and waits for one.
    void reached(String what) throws IOException {
        out.println(what);
        if (input.readLine() == null) {
            throw new EOFException("nobody listens any more");
        }
    }
}
