package io.meridian.platform;

import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `version`.
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {
    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().println(Version.line());
        return ExitCode.DONE.number();
    }
}
