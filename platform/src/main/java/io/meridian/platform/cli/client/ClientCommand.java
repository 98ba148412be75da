package io.meridian.platform.cli.client;

import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.cli.output.Listing;
import io.meridian.platform.cli.output.OutputFormat;
import io.meridian.platform.cli.output.OutputOptions;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.terminal.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command that asks a broker and prints what it answers.
public abstract class ClientCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private ClientOptions client = new ClientOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    protected ClientCommand(Console console) {
        this.console = console;
    }

    @Override
    public final Integer call() {
        check();
        try (Connection connection = client.connect(console)) {
            return run(connection).number();
        }
    }

    /// Refuses options that make no sense together, before anybody is asked.
    protected void check() {}

    /// Does the work.
    protected abstract ExitCode run(Connection connection);

    protected final Console console() {
        return console;
    }

    /// The form of the answer.
    protected final OutputFormat format() {
        return output.format();
    }

    /// Writes rows in the form that was asked for.
    ///
    /// @param ifEmpty what a person is told when there are none
    protected final void print(List<Fields> rows, String ifEmpty) {
        output.print(console, new Listing(rows, ifEmpty));
    }

    /// Writes what became of each, then a line for each that was refused.
    ///
    /// @return done, or the exit code of the first that was refused
    protected final ExitCode print(Outcomes outcomes) {
        if (!outcomes.rows().isEmpty() || outcomes.problems().isEmpty()) {
            print(outcomes.rows(), "nothing to do");
        }
        outcomes.problems().forEach(problem -> console.err().println(problem.line()));
        return outcomes.exitCode();
    }
}
