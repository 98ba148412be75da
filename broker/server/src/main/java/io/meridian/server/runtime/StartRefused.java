package io.meridian.server.runtime;

/// The broker cannot start as it was asked to. The message is one line for the operator: what was found and
/// what to do.
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1L;

    public StartRefused(String message) {
        super(message);
    }

    public StartRefused(String message, Throwable cause) {
        super(message, cause);
    }

    /// A port cannot be opened for `whom`; `option` is the way to choose another.
    public static StartRefused cannotListen(String whom, String host, int port, String option, Throwable failed) {
        String found = String.valueOf(failed.getMessage());
        boolean taken = found.contains("in use");
        return new StartRefused(
                "cannot listen for " + whom + " on " + host + ":" + port + ": "
                        + (taken ? "the port is in use; stop what uses it or choose another with " + option : found),
                failed);
    }
}
