package io.meridian.platform.differential;

import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Asks both brokers and keeps what they answered differently.
///
/// A broker learns of changes in the background, and Kafka's controller and its broker are two. A read that differs is
/// therefore asked again for a while, and a refusal by which clients know that, too; what stays counts.
final class Comparison {
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /// UNKNOWN_TOPIC_OR_PARTITION, NOT_LEADER_OR_FOLLOWER, COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE,
    /// NOT_COORDINATOR, UNKNOWN_TOPIC_ID: refusals after which nothing has changed.
    private static final List<String> NOT_YET = List.of("3", "6", "14", "15", "16", "100");

    private static final int NEWS = 3;

    private final Side peer;
    private final Side ours;
    private final AllowedDifferences allowed = new AllowedDifferences();
    private final Map<String, Integer> compared = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private final Map<String, Integer> kinds = new TreeMap<>();

    /// The two answers to one request; empty where the connection was closed.
    record Answers(Optional<ResponseMessage> peers, Optional<ResponseMessage> ours) {}

    Comparison(Side peer, Side ours) {
        this.peer = peer;
        this.ours = ours;
    }

    Side peer() {
        return peer;
    }

    Side ours() {
        return ours;
    }

    /// Sends the request that `request` makes for each side and compares the answers.
    ///
    /// @param reads whether it changes nothing, so that it may be asked again
    Answers ask(String connection, short version, boolean reads, Function<Side, RequestMessage> request) {
        RequestMessage toPeer = request.apply(peer);
        RequestMessage toOurs = request.apply(ours);
        Answers answers = new Answers(peer.ask(connection, toPeer, version), ours.ask(connection, toOurs, version));
        long deadlineNs = System.nanoTime() + SETTLE_NS;
        while (System.nanoTime() < deadlineNs
                && isNews(differing(toPeer, version, answers))
                && (reads || mayBeAskedAgain(answers))) {
            pause();
            answers = new Answers(
                    peer.ask(connection, toPeer, version),
                    reads ? ours.ask(connection, toOurs, version) : answers.ours());
        }
        record(toPeer, toOurs, version, answers);
        return answers;
    }

    /// Compares two answers that the caller has taken itself.
    void record(RequestMessage toPeer, RequestMessage toOurs, short version, Answers answers) {
        String kind = kind(toPeer.apiKey());
        compared.merge(kind, 1, Integer::sum);
        List<String> found = differing(toPeer, version, answers);
        if (!found.isEmpty()) {
            found.forEach(field -> kinds.merge(kindOf(field), 1, Integer::sum));
            differences.add("%s v%d%n  to Kafka %s%n  to us    %s%n  fields   %s%n  Kafka    %s%n  we       %s"
                    .formatted(
                            kind,
                            version,
                            toPeer,
                            toOurs,
                            found,
                            answers.peers().map(Object::toString).orElse("closed"),
                            answers.ours().map(Object::toString).orElse("closed")));
        }
    }

    /// Whether there is a difference that has not been seen before: only such a one is worth waiting for.
    private boolean isNews(List<String> found) {
        return found.stream().anyMatch(field -> kinds.getOrDefault(kindOf(field), 0) < NEWS);
    }

    private static String kindOf(String field) {
        String kind = field.replaceAll("\\[[^\\]]*]", "[]").replaceAll(" v\\d+ ", " ");
        return kind.contains("errorCode") ? kind : kind.replaceAll(": .*", "");
    }

    private boolean mayBeAskedAgain(Answers answers) {
        return answers.peers().isPresent()
                && Fields.of(answers.peers().get(), peer).entrySet().stream()
                        .anyMatch(field -> field.getKey().endsWith("errorCode") && NOT_YET.contains(field.getValue()));
    }

    private List<String> differing(RequestMessage request, short version, Answers answers) {
        String prefix = kind(request.apiKey()) + " v" + version + " ";
        if (answers.peers().isEmpty() || answers.ours().isEmpty()) {
            return answers.peers().isEmpty() == answers.ours().isEmpty()
                    ? List.of()
                    : List.of(prefix + "closed: " + answers.peers().isEmpty() + " -> "
                            + answers.ours().isEmpty());
        }
        SortedMap<String, String> peers = Fields.of(answers.peers().get(), peer);
        SortedMap<String, String> ofOurs = Fields.of(answers.ours().get(), ours);
        List<String> found = new ArrayList<>();
        TreeSet<String> paths = new TreeSet<>(peers.keySet());
        paths.addAll(ofOurs.keySet());
        for (String path : paths) {
            String there = peers.getOrDefault(path, "(none)");
            String here = ofOurs.getOrDefault(path, "(none)");
            if (!there.equals(here) && !allowed.allow(prefix + path, there, here)) {
                found.add(prefix + path + ": " + there + " -> " + here);
            }
        }
        return found;
    }

    private static String kind(short apiKey) {
        ApiKey key = ApiKey.of(apiKey);
        return key == null ? Short.toString(apiKey) : key.name();
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int requests() {
        return compared.values().stream().mapToInt(Integer::intValue).sum();
    }

    List<String> differences() {
        return differences;
    }

    /// How many requests of each kind were compared, what was allowed, and which fields differed how often.
    String report() {
        StringBuilder report = new StringBuilder();
        report.append(requests()).append(" requests compared\n");
        compared.forEach((kind, count) -> report.append("%6d  %s%n".formatted(count, kind)));
        report.append("differences allowed\n");
        allowed.report().forEach(line -> report.append(line).append('\n'));
        report.append(differences.size()).append(" answers differ\n");
        kinds.forEach((kind, count) -> report.append("%6d  %s%n".formatted(count, kind)));
        return report.toString();
    }
}
