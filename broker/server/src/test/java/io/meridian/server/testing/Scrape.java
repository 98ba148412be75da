package io.meridian.server.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a scrape said, read strictly: what a Prometheus would refuse or warn about fails.
public final class Scrape {
    /// One metric as its HELP and TYPE lines announce it, with its samples.
    ///
    /// @param samples values by name of the series and its labels, such as `a_total` and `{api=Fetch}`
    public record Family(String name, String help, String type, Map<String, Map<Map<String, String>, Double>> samples) {
        /// The labels of all samples; that of buckets included.
        public Set<String> labels() {
            Set<String> labels = new TreeSet<>();
            samples.values().forEach(series -> series.keySet().forEach(each -> labels.addAll(each.keySet())));
            return labels;
        }

        public boolean hasSamples() {
            return !samples.isEmpty();
        }
    }

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([^ ]+)(?: [0-9]+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"(?:,|$)");
    private static final Map<String, List<String>> SUFFIXES = Map.of(
            "counter", List.of(""),
            "gauge", List.of(""),
            "summary", List.of("", "_sum", "_count"),
            "histogram", List.of("_bucket", "_sum", "_count"));

    private final Map<String, Family> families = new TreeMap<>();

    private Scrape() {}

    public static Scrape of(String text) {
        Scrape scrape = new Scrape();
        String help = "";
        Family family = null;
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                require(help.isEmpty(), "two HELP lines: " + line);
                help = line.substring("# HELP ".length());
            } else if (line.startsWith("# TYPE ")) {
                family = announced(help, line.substring("# TYPE ".length()));
                require(scrape.families.put(family.name(), family) == null, family.name() + " is announced twice");
                help = "";
            } else {
                require(help.isEmpty(), "no TYPE behind HELP " + help);
                add(required(family, "a sample without HELP and TYPE: " + line), line);
            }
        }
        return scrape;
    }

    private static Family announced(String help, String nameAndType) {
        int space = nameAndType.indexOf(' ');
        require(space > 0, nameAndType);
        String name = nameAndType.substring(0, space);
        String type = nameAndType.substring(space + 1);
        require(NAME.matcher(name).matches() && SUFFIXES.containsKey(type), nameAndType);
        require(help.startsWith(name + " ") && help.length() > name.length() + 1, "no HELP before " + nameAndType);
        return new Family(name, help.substring(name.length() + 1), type, new LinkedHashMap<>());
    }

    private static void add(Family family, String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), line);
        String series = sample.group(1);
        boolean belongs = SUFFIXES.getOrDefault(family.type(), List.of()).stream()
                .anyMatch(suffix -> series.equals(family.name() + suffix));
        require(belongs, series + " stands under " + family.name());
        Double before = family.samples()
                .computeIfAbsent(series, _ -> new LinkedHashMap<>())
                .put(labels(sample.group(2) == null ? "" : sample.group(2)), number(sample.group(3)));
        require(before == null, "a series twice: " + line);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (label.lookingAt()) {
            require(labels.put(label.group(1), label.group(2)) == null, "a label twice: " + text);
            end = label.end();
            label.region(end, text.length());
        }
        require(end == text.length(), text);
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static <T> T required(@Nullable T value, String otherwise) {
        if (value == null) {
            throw new AssertionError(otherwise);
        }
        return value;
    }

    public Map<String, Family> families() {
        return families;
    }

    public Family family(String name) {
        return required(families.get(name), "nothing is called " + name);
    }

    /// How many samples of that name there are.
    public int count(String series) {
        return families.values().stream()
                .mapToInt(family ->
                        family.samples().getOrDefault(series, Map.of()).size())
                .sum();
    }

    /// The labels of a series; fails when there is none of that name.
    public Set<String> labelsOf(String series) {
        require(count(series) > 0, "no series is called " + series);
        Set<String> labels = new TreeSet<>();
        families.values()
                .forEach(family -> family.samples()
                        .getOrDefault(series, Map.of())
                        .keySet()
                        .forEach(each -> labels.addAll(each.keySet())));
        return labels;
    }

    /// The sum of the series of that name that have these labels, given as names and values in turn.
    public double value(String series, String... labels) {
        List<Double> found = new ArrayList<>();
        for (Family family : families.values()) {
            family.samples().getOrDefault(series, Map.of()).forEach((each, value) -> {
                boolean matches = true;
                for (int index = 0; index < labels.length; index += 2) {
                    matches &= labels[index + 1].equals(each.get(labels[index]));
                }
                if (matches) {
                    found.add(value);
                }
            });
        }
        require(!found.isEmpty(), "no series " + series + " with " + List.of(labels));
        return found.stream().mapToDouble(Double::doubleValue).sum();
    }
}
