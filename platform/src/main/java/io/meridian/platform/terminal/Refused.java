package io.meridian.platform.terminal;

/// Ends a command with one line on standard error and an exit code.
///
/// The message names what was found and what was expected, in one line, for the person who typed the command. It
/// carries
/// no stack trace: a refusal is an answer, not a fault of ours.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// The command was understood and could not be carried out.
    public static final int COULD_NOT = 1;

    /// The command or its options were wrong.
    public static final int ASKED_WRONGLY = 2;

    private final int exitCode;

    private Refused(int exitCode, String message) {
        super(message.replaceAll("\\s*\\R\\s*", " "), null, false, false);
        this.exitCode = exitCode;
    }

    /// The environment does not allow it: a port, a directory, a peer.
    public static Refused couldNot(String message) {
        return new Refused(COULD_NOT, message);
    }

    /// The request itself makes no sense: an unknown setting, a value out of its range.
    public static Refused askedWrongly(String message) {
        return new Refused(ASKED_WRONGLY, message);
    }

    /// The exit code of the process: [#COULD_NOT] or [#ASKED_WRONGLY].
    public int exitCode() {
        return exitCode;
    }
}
