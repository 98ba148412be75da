package io.meridian.platform.cli.client;

import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.ArrayList;
import java.util.List;

/// What became of each of several things that were asked for together: one that is refused does not stop the others.
public final class Outcomes {
    private final List<Fields> rows = new ArrayList<>();
    private final List<Refused> problems = new ArrayList<>();

    /// This one was done.
    public void add(Fields row) {
        rows.add(row);
    }

    /// This one was refused.
    public void add(Refused problem) {
        problems.add(problem);
    }

    /// What was done, in order.
    public List<Fields> rows() {
        return List.copyOf(rows);
    }

    /// What was refused, in order.
    public List<Refused> problems() {
        return List.copyOf(problems);
    }

    /// Done, or that of the first refusal.
    public ExitCode exitCode() {
        return problems.isEmpty() ? ExitCode.DONE : problems.getFirst().exitCode();
    }
}
