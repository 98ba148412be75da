package io.meridian.examples.flights;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What a reader has seen of the flights, and what is wrong with it.
public final class FlightsReport {
    private static final int ORIGINS_SHOWN = 5;

    private static final class Origin {
        private int flights;
        private long delaySum;
    }

    private final List<Flight> flights;
    private final BitSet seen = new BitSet();
    private final Map<String, Integer> lastOfKey = new HashMap<>();
    private final Map<String, Origin> origins = new TreeMap<>();
    private int doubled;
    private int reordered;
    private int different;

    /// @param flights what should be there
    FlightsReport(List<Flight> flights) {
        this.flights = flights;
    }

    /// Takes note of one record, in the order in which records come.
    void found(int number, String key, Flight flight) {
        if (number < 0
                || number >= flights.size()
                || !flights.get(number).equals(flight)
                || !key.equals(flight.origin())) {
            different++;
            return;
        }
        if (seen.get(number)) {
            doubled++;
            return;
        }
        seen.set(number);
        Integer last = lastOfKey.put(key, number);
        if (last != null && last > number) {
            reordered++;
        }
        Origin origin = origins.computeIfAbsent(key, _ -> new Origin());
        origin.flights++;
        origin.delaySum += flight.delay();
    }

    /// Flights of the file that were not found.
    public int missing() {
        return flights.size() - seen.cardinality();
    }

    /// Flights that were found again.
    public int doubled() {
        return doubled;
    }

    /// Flights that came after a later one of the same origin.
    public int reordered() {
        return reordered;
    }

    /// Records that are no flight of the file, or not the one they say they are.
    public int different() {
        return different;
    }

    /// Whether every flight is there exactly once, in the order of its key.
    public boolean complete() {
        return missing() + doubled + reordered + different == 0;
    }

    /// A few lines for the screen.
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d flights from %d airports: %d missing, %d doubled, %d out of order, %d different%n",
                seen.cardinality(),
                origins.size(),
                missing(),
                doubled,
                reordered,
                different));
        origins.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().flights))
                .limit(ORIGINS_SHOWN)
                .forEach(entry -> text.append(String.format(
                        Locale.ROOT,
                        "  %s %4d flights, mean delay %.1f min%n",
                        entry.getKey(),
                        entry.getValue().flights,
                        (double) entry.getValue().delaySum / entry.getValue().flights)));
        text.append(complete() ? "every flight exactly once, in order of its origin" : "NOT what was written");
        return text.toString();
    }
}
