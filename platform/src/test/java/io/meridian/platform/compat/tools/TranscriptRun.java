package io.meridian.platform.compat.tools;

import static org.awaitility.Awaitility.await;

import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.platform.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Runs the commands of a transcript on one broker.
///
/// Besides Apache's tools it knows `member GROUP TOPIC NAME`, which joins a stock Java consumer called NAME that
/// commits 0
/// for every partition it gets, and
/// `leave NAME`. `FILE(name)` in an argument is a file beside the transcript's run; `file name` writes its input into
/// it, so that tools which read files have them.
final class TranscriptRun implements AutoCloseable {
    /// Tools with subcommands that take it before them.
    private static final List<String> BOOTSTRAP_FIRST = List.of("kafka-features", "kafka-transactions");

    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Broker broker;
    private final ToolsProcess tools;
    private final Path directory;
    private final Map<String, Member> members = new HashMap<>();

    private record Member(AtomicBoolean leaving, CompletableFuture<Void> polling) {}

    TranscriptRun(Broker broker, ToolsProcess tools) throws IOException {
        this.broker = broker;
        this.tools = tools;
        this.directory = Files.createTempDirectory("transcript");
    }

    /// The lines that `step` gives here, as a transcript would have them.
    List<String> answer(Transcript.Step step) {
        try {
            List<String> words = step.words();
            return switch (words.getFirst()) {
                case "member" -> join(words.get(1), words.get(2), words.get(3));
                case "leave" -> leave(words.get(1));
                case "file" -> {
                    Files.write(file(words.get(1)), step.input());
                    yield List.of();
                }
                default -> settled(step, words);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> settled(Transcript.Step step, List<String> words) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + SETTLE_LIMIT.toNanos();
        List<String> lines = run(step, words);
        while (step.isRepeated() && !step.expected().equals(lines) && System.nanoTime() < deadlineNs) {
            lines = run(step, words);
        }
        return lines;
    }

    private List<String> run(Transcript.Step step, List<String> words) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            arguments.add(
                    word.startsWith("FILE(")
                            ? file(word.substring(5, word.length() - 1)).toString()
                            : word);
        }
        arguments.addAll(
                BOOTSTRAP_FIRST.contains(words.getFirst()) ? 0 : arguments.size(),
                List.of("--bootstrap-server", broker.bootstrap()));
        StringBuilder input = new StringBuilder();
        step.input().forEach(line -> input.append(line).append('\n'));
        Program.Result result = tools.run(words.getFirst(), arguments, input.toString());
        List<String> lines = new ArrayList<>();
        Normal normal = new Normal(broker, directory);
        normal.lines(result.output()).forEach(line -> lines.add(("| " + line).strip()));
        normal.lines(result.errors()).forEach(line -> lines.add("! " + line));
        if (step.isUnordered()) {
            Collections.sort(lines);
        }
        if (result.exitCode() != 0) {
            lines.add("= " + result.exitCode());
        }
        return lines;
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private List<String> join(String group, String topic, String name) {
        AtomicBoolean leaving = new AtomicBoolean();
        AtomicBoolean assigned = new AtomicBoolean();
        CompletableFuture<Void> polling = CompletableFuture.runAsync(
                () -> {
                    try (Consumer<String, String> consumer = Clients.consumer(
                            broker,
                            "group.id",
                            group,
                            "client.id",
                            name,
                            "auto.offset.reset",
                            "earliest",
                            "enable.auto.commit",
                            "false")) {
                        consumer.subscribe(List.of(topic));
                        while (!leaving.get()) {
                            consumer.poll(Duration.ofMillis(100));
                            if (!consumer.assignment().isEmpty() && !assigned.get()) {
                                Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
                                consumer.assignment()
                                        .forEach(partition -> beginning.put(partition, new OffsetAndMetadata(0)));
                                consumer.commitSync(beginning);
                                assigned.set(true);
                            }
                        }
                    }
                },
                Thread::startVirtualThread);
        members.put(name, new Member(leaving, polling));
        await().atMost(LIMIT).until(() -> assigned.get() || polling.isDone());
        return List.of();
    }

    private List<String> leave(String name) {
        Member member = members.remove(name);
        if (member == null) {
            throw new IllegalArgumentException("there is no member " + name);
        }
        member.leaving().set(true);
        member.polling().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        return List.of();
    }

    @Override
    public void close() throws IOException {
        members.values().forEach(member -> member.leaving().set(true));
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
