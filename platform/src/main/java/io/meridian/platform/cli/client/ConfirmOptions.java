package io.meridian.platform.cli.client;

import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/// `--yes`: whoever deletes from a terminal is asked, and this answers beforehand.
public final class ConfirmOptions {
    /// Longer answers than any name are not kept.
    private static final int ANSWER_MAX_BYTES = 1024;

    @Option(
            names = {"-y", "--yes"},
            description = "Does not ask. Without a terminal nobody is asked anyway.")
    private boolean yes;

    /// Lets a person at a terminal confirm by typing the name of what will be gone.
    ///
    /// @param sentence what will happen
    /// @throws Refused if something else is typed
    public void confirm(Console console, String sentence, String name) {
        if (yes || !console.canAsk()) {
            return;
        }
        console.err().print(sentence + " Type " + name + " to go on: ");
        console.err().flush();
        if (!readLine(console).strip().equals(name)) {
            throw Refused.couldNot("not confirmed, nothing was changed; --yes does without the question");
        }
    }

    private static String readLine(Console console) {
        byte[] line = new byte[ANSWER_MAX_BYTES];
        int length = 0;
        try {
            for (int b = console.in().read();
                    b >= 0 && b != '\n' && length < line.length;
                    b = console.in().read()) {
                line[length++] = (byte) b;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }
}
