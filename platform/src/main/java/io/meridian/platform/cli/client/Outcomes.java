package io.meridian.platform.cli.client;

import io.meridian.platform.cli.output.Fields;
import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/// What became of each of several things that were asked for together: one that is refused does not stop the others.
public final class Outcomes {
    private final List<Fields> rows = new ArrayList<>();
    private final List<Refused> problems = new ArrayList<>();

    /// What becomes of each of these names, once for each.
    public static Outcomes ofEach(Collection<String> names, Function<String, Fields> work) {
        Outcomes outcomes = new Outcomes();
        for (String name : new LinkedHashSet<>(names)) {
            try {
                outcomes.add(work.apply(name));
            } catch (Refused refused) {
                outcomes.add(refused);
            }
        }
        return outcomes;
    }

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
