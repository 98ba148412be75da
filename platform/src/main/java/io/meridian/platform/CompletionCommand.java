package io.meridian.platform;

import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `completion`.
@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands and options in a shell.",
            "  bash: source <(meridian completion bash)",
            "  zsh:  source <(meridian completion zsh)",
            "  fish: meridian completion fish | source"
        })
final class CompletionCommand implements Callable<Integer> {
    private static final String PROGRAM = "meridian";

    private final Console console;

    /// The shells that are known.
    enum Shell {
        BASH,
        ZSH,
        FISH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.BASH;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine all = CommandTree.all(console);
        console.out()
                .print(
                        switch (shell) {
                            case BASH -> AutoComplete.bash(PROGRAM, all);
                            // The script makes itself at home in zsh by its emulation of bash's completion.
                            case ZSH -> "autoload -U +X compinit && compinit\n" + AutoComplete.bash(PROGRAM, all);
                            case FISH -> FishCompletion.script(PROGRAM, all);
                        });
        console.out().flush();
        return ExitCode.DONE.number();
    }
}
