package io.meridian.codecgenerator;

/// Source text under construction, indented by block.
final class JavaSource {
    private static final String INDENT = "    ";

    private final StringBuilder text = new StringBuilder();
    private int depth;

    JavaSource line(String line) {
        if (!line.isEmpty()) {
            text.append(INDENT.repeat(depth)).append(line);
        }
        text.append('\n');
        return this;
    }

    JavaSource blank() {
        return line("");
    }

    /// A line that opens a block.
    JavaSource open(String line) {
        line(line);
        depth++;
        return this;
    }

    /// The end of a block and the beginning of the next one, as in `} else {`.
    JavaSource next(String line) {
        depth--;
        line(line);
        depth++;
        return this;
    }

    JavaSource close() {
        depth--;
        return line("}");
    }

    /// The end of a block inside an expression.
    JavaSource closeExpression() {
        depth--;
        return line("};");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
