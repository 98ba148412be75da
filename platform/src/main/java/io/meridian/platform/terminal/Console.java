package io.meridian.platform.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where a command reads from and writes to: standard streams, which of them a person sits at, the environment.
///
/// Text is UTF-8 whatever the locale says, because what goes out must come in again unchanged.
///
/// @param in standard input
/// @param out standard output; buffered, so whoever writes must flush
/// @param err standard error
/// @param terminals which of the three are a terminal
/// @param environment the environment variables
public record Console(
        InputStream in, PrintStream out, PrintStream err, Terminals terminals, Map<String, String> environment) {
    /// Set by the launch script to those of the digits 0, 1 and 2 whose stream is a terminal.
    private static final String TERMINALS_PROPERTY = "meridian.terminals";

    private static final int BUFFER_BYTES = 64 * 1024;

    /// Which of the standard streams are a terminal.
    public record Terminals(boolean in, boolean out, boolean err) {
        /// No person is there.
        public static final Terminals NONE = new Terminals(false, false, false);

        static Terminals of(String digits) {
            return new Terminals(digits.contains("0"), digits.contains("1"), digits.contains("2"));
        }
    }

    public Console {
        environment = Map.copyOf(environment);
    }

    /// The streams of this process.
    public static Console ofProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
                        false,
                        StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Terminals.of(System.getProperty(TERMINALS_PROPERTY, "")),
                System.getenv());
    }

    /// Whether somebody can be asked a question: they must see it and be able to answer.
    public boolean canAsk() {
        return terminals.in && terminals.err;
    }
}
