package io.meridian.platform.terminal;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a command says to the shell. The numbers are a promise to scripts.
public enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "could not be done; the line on standard error says why"),
    ASKED_WRONGLY(2, "asked wrongly: an unknown command or option, or a name or value that no broker takes"),
    NOT_REACHABLE(3, "no broker could be reached, or none answered in time"),
    NOT_FOUND(4, "there is no such topic, partition or group"),
    CONFLICT(5, "refused because of what is there: it exists already, or is in use"),
    NOT_ALLOWED(6, "not authenticated, or not authorised");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /// The exit code of the process.
    public int number() {
        return number;
    }

    /// For the person who reads it in the help.
    public String meaning() {
        return meaning;
    }

    /// Number and meaning of each, for help and documentation.
    public static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            table.put(Integer.toString(code.number), code.meaning);
        }
        return table;
    }
}
