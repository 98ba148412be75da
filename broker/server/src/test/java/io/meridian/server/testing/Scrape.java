package io.meridian.server.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        String help = null;
        Family family = null;
        for (String line : text.split("\n")) {
            if (line.startsWith("# HELP ")) {
                String[] words = line.split(" ", 4);
                require(help == null && words.length == 4 && !words[3].isBlank(), line);
                help = line;
            } else if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                require(help != null && help.split(" ")[2].equals(words[2]), "no HELP before " + line);
                require(NAME.matcher(words[2]).matches() && SUFFIXES.containsKey(words[3]), line);
                family = new Family(words[2], help.split(" ", 4)[3], words[3], new LinkedHashMap<>());
                require(scrape.families.put(words[2], family) == null, words[2] + " is announced twice");
                help = null;
            } else {
                require(family != null && help == null, "a sample without HELP and TYPE: " + line);
                scrape.add(family, line);
            }
        }
        return scrape;
    }

    private void add(Family family, String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), line);
        String series = sample.group(1);
        boolean belongs =
                SUFFIXES.get(family.type()).stream().anyMatch(suffix -> series.equals(family.name() + suffix));
        require(belongs, series + " stands under " + family.name());
        Map<String, String> labels = new TreeMap<>();
        if (sample.group(2) != null) {
            Matcher label = LABEL.matcher(sample.group(2));
            int end = 0;
            while (label.lookingAt()) {
                require(labels.put(label.group(1), label.group(2)) == null, "a label twice: " + line);
                end = label.end();
                label.region(end, sample.group(2).length());
            }
            require(end == sample.group(2).length(), line);
        }
        Double before = family.samples()
                .computeIfAbsent(series, _ -> new LinkedHashMap<>())
                .put(labels, number(sample.group(3)));
        require(before == null, "a series twice: " + line);
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

    public Map<String, Family> families() {
        return families;
    }

    /// The labels of a series that has samples; null when there is none of that name.
    public Set<String> labelsOf(String series) {
        for (Family family : families.values()) {
            Map<Map<String, String>, Double> samples = family.samples().get(series);
            if (samples != null) {
                Set<String> labels = new LinkedHashSet<>();
                samples.keySet().forEach(each -> labels.addAll(each.keySet()));
                return labels;
            }
        }
        return null;
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
