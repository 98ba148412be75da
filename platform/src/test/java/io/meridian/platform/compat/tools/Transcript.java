package io.meridian.platform.compat.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What was typed and what came out, as a text file.
///
/// | line | meaning |
/// |---|---|
/// | `$ tool arguments` | a command |
/// | `$~ tool arguments` | the same; its lines may come in any order |
/// | `$+ tool arguments` | the same as `$~`, but run again for some seconds until its lines are those below |
/// | `< text` | a line of the command's standard input |
/// | `\| text`, `! text` | a line of its output, of its errors |
/// | `= N` | its exit code, when that is not 0 |
///
/// Everything else belongs to the reader and stays where it is.
///
/// @param steps the commands in order
/// @param ending what stands after the last of them
record Transcript(List<Step> steps, List<String> ending) {
    /// One command.
    ///
    /// @param comment the lines above it
    /// @param command what stands behind `$`, marks included
    /// @param input its standard input, line by line
    /// @param expected the lines below it, each with its mark
    record Step(List<String> comment, String command, List<String> input, List<String> expected) {
        /// The words of the command; single quotes keep blanks together.
        List<String> words() {
            List<String> words = new ArrayList<>();
            StringBuilder word = new StringBuilder();
            boolean quoted = false;
            boolean begun = false;
            for (char c : command.substring(command.indexOf(' ') + 1).toCharArray()) {
                if (c == '\'') {
                    quoted = !quoted;
                    begun = true;
                } else if (c == ' ' && !quoted) {
                    if (begun) {
                        words.add(word.toString());
                    }
                    word.setLength(0);
                    begun = false;
                } else {
                    word.append(c);
                    begun = true;
                }
            }
            if (begun) {
                words.add(word.toString());
            }
            return words;
        }

        /// Whether the lines may come in any order.
        boolean isUnordered() {
            return command.startsWith("$~") || isRepeated();
        }

        /// Whether it asks for something that comes about in the background.
        boolean isRepeated() {
            return command.startsWith("$+");
        }
    }

    static Transcript parse(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        List<String> comment = new ArrayList<>();
        List<String> input = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("$")) {
                input = new ArrayList<>();
                expected = new ArrayList<>();
                steps.add(new Step(comment, line, input, expected));
                comment = new ArrayList<>();
            } else if (line.startsWith("< ")) {
                input.add(line.substring(2));
            } else if (line.startsWith("|") || line.startsWith("! ") || line.startsWith("= ")) {
                expected.add(line);
            } else {
                comment.add(line);
            }
        }
        return new Transcript(List.copyOf(steps), List.copyOf(comment));
    }

    /// The same commands with what `answer` says that came out.
    Transcript with(Function<Step, List<String>> answer) {
        List<Step> recorded = new ArrayList<>();
        for (Step step : steps) {
            recorded.add(new Step(step.comment(), step.command(), step.input(), answer.apply(step)));
        }
        return new Transcript(recorded, ending);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Step step : steps) {
            lines.addAll(step.comment());
            lines.add(step.command());
            step.input().forEach(line -> lines.add("< " + line));
            lines.addAll(step.expected());
        }
        lines.addAll(ending);
        return lines;
    }
}
