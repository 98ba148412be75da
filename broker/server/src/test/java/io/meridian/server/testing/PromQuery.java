package io.meridian.server.testing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the part of PromQL that dashboards of ours use, and says which series a query selects by which labels.
/// What it does not know fails.
///
/// A recursive descent over: binary operators, aggregations with `by` or `without`, functions, selectors with
/// matchers and a range, numbers, brackets.
public final class PromQuery {
    /// @param series the name of what is selected
    /// @param labels those it is selected or grouped by
    public record Selection(String series, Set<String> labels) {}

    private static final Set<String> AGGREGATIONS =
            Set.of("sum", "min", "max", "avg", "count", "topk", "bottomk", "quantile");
    private static final Set<String> FUNCTIONS =
            Set.of("rate", "irate", "increase", "histogram_quantile", "clamp_min", "time", "label_values");
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", ">", "<", ">=", "<=", "==", "!=", "and", "or", "unless");
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:([a-zA-Z_:][a-zA-Z0-9_:]*)|([0-9]+(?:\\.[0-9]+)?)"
                    + "|(\"(?:[^\"\\\\]|\\\\.)*\")|(\\[(?:\\$__rate_interval|[0-9]+[smhd])])|(>=|<=|==|!=|=~|!~|[-+*/%<>=(){},]))");

    private final List<String> tokens = new ArrayList<>();
    private final List<Selection> selections = new ArrayList<>();
    private int next;

    private PromQuery(String text) {
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (token.lookingAt()) {
            tokens.add(token.group().strip());
            end = token.end();
            token.region(end, text.length());
        }
        if (!text.substring(end).isBlank()) {
            throw new AssertionError("not understood: " + text.substring(end));
        }
    }

    /// What `text` selects, in its order.
    public static List<Selection> selections(String text) {
        PromQuery query = new PromQuery(text);
        query.expression();
        if (query.next < query.tokens.size()) {
            throw new AssertionError("more than a query: " + text);
        }
        return query.selections;
    }

    private void expression() {
        term();
        while (OPERATORS.contains(peek())) {
            next++;
            term();
        }
    }

    private void term() {
        String token = take();
        if (token.equals("(")) {
            expression();
            expect(")");
        } else if (token.equals("-")) {
            term();
        } else if (AGGREGATIONS.contains(token)) {
            aggregation();
        } else if (FUNCTIONS.contains(token) && peek().equals("(")) {
            arguments();
        } else if (token.matches("[a-zA-Z_:].*")) {
            selector(token);
        } else if (!token.matches("[0-9].*")) {
            throw new AssertionError("unexpected " + token + " in " + tokens);
        }
    }

    private void aggregation() {
        int first = selections.size();
        Set<String> grouped = grouping();
        arguments();
        grouped.addAll(grouping());
        for (Selection selection : selections.subList(first, selections.size())) {
            selection.labels().addAll(grouped);
        }
    }

    private Set<String> grouping() {
        Set<String> labels = new LinkedHashSet<>();
        if (peek().equals("by") || peek().equals("without")) {
            next++;
            expect("(");
            while (!peek().equals(")")) {
                labels.add(take());
                if (peek().equals(",")) {
                    next++;
                }
            }
            expect(")");
        }
        return labels;
    }

    private void arguments() {
        expect("(");
        if (!peek().equals(")")) {
            expression();
            while (peek().equals(",")) {
                next++;
                expression();
            }
        }
        expect(")");
    }

    private void selector(String series) {
        Set<String> labels = new LinkedHashSet<>();
        if (peek().equals("{")) {
            next++;
            while (!peek().equals("}")) {
                labels.add(take());
                String operator = take();
                if (!Set.of("=", "!=", "=~", "!~").contains(operator) || !take().startsWith("\"")) {
                    throw new AssertionError("not a matcher in " + tokens);
                }
                if (peek().equals(",")) {
                    next++;
                }
            }
            expect("}");
        }
        if (peek().startsWith("[")) {
            next++;
        }
        selections.add(new Selection(series, labels));
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        if (next == tokens.size()) {
            throw new AssertionError("ends too early: " + tokens);
        }
        return tokens.get(next++);
    }

    private void expect(String token) {
        String found = take();
        if (!found.equals(token)) {
            throw new AssertionError(token + " expected, " + found + " found in " + tokens);
        }
    }
}
