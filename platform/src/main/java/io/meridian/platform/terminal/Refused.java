package io.meridian.platform.terminal;

/// Ends a command with one line on standard error and an exit code.
///
/// The message names what was found and what was expected, in one line, for the person who typed the command. It
/// carries no stack trace: a refusal is an answer, not a fault of ours.
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    private Refused(ExitCode exitCode, String message) {
        super(message.replaceAll("\\s*\\R\\s*", " "), null, false, false);
        this.exitCode = exitCode;
    }

    /// Refuses with any exit code but [ExitCode#DONE].
    public static Refused with(ExitCode exitCode, String message) {
        return new Refused(exitCode, message);
    }

    /// The environment does not allow it: a port, a directory, a peer.
    public static Refused couldNot(String message) {
        return new Refused(ExitCode.FAILED, message);
    }

    /// The request itself makes no sense: an unknown setting, a value out of its range.
    public static Refused askedWrongly(String message) {
        return new Refused(ExitCode.ASKED_WRONGLY, message);
    }

    /// There is no such thing.
    public static Refused notFound(String message) {
        return new Refused(ExitCode.NOT_FOUND, message);
    }

    /// Why, for the shell.
    public ExitCode exitCode() {
        return exitCode;
    }

    /// The line; never null.
    public String line() {
        return String.valueOf(getMessage());
    }
}
