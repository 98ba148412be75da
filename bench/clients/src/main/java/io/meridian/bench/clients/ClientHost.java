package io.meridian.bench.clients;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Does what its standard input says, one job a line, words separated by tabs. What a job prints follows as lines that
/// begin with `| `; then comes `ok` or `failed REASON`. Ends with its input.
public final class ClientHost {
    private ClientHost() {}

    public static void main(String[] arguments) throws IOException {
        var answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var jobOutput = new PrintStream(new MarkedLines(answers), true, StandardCharsets.UTF_8);
        System.setOut(jobOutput); // Apache's tools print their results there
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var conversation = new Conversation(input, jobOutput);
        var topics = new Topics();
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String answer = answer(topics, List.of(line.split("\t", -1)), conversation);
            jobOutput.flush();
            answers.println(answer);
        }
        // Tools leave clients behind whose orderly end nobody waits for.
        Runtime.getRuntime().halt(0);
    }

    private static String answer(Topics topics, List<String> words, Conversation conversation) {
        try {
            run(topics, words.getFirst(), words.subList(1, words.size()), conversation);
            return "ok";
        } catch (Throwable e) { // also what a tool of others throws; the caller decides what a failure means
            e.printStackTrace();
            return "failed " + e.toString().replace('\n', ' ');
        }
    }

    private static void run(Topics topics, String job, List<String> words, Conversation conversation) throws Throwable {
        switch (job) {
            case "tool" -> ApacheTool.run(words.getFirst(), words.subList(1, words.size()));
            case "create" -> topics.create(words.get(0), words.get(1), number(words, 2));
            case "delete" -> topics.delete(words.getFirst(), words.subList(1, words.size()));
            case "end-to-end" ->
                EndToEnd.run(words.get(0), words.get(1), number(words, 2), number(words, 3), conversation.out());
            case "readiness" -> Readiness.run(words.getFirst(), conversation.out());
            case "partitions" -> PartitionGrowth.run(words.get(0), words.get(1), number(words, 2), conversation.out());
            case "connections" ->
                ConnectionGrowth.run(
                        conversation, words.get(0), words.get(1), number(words, 2), number(words, 3), number(words, 4));
            case "groups" ->
                GroupGrowth.run(conversation, words.get(0), words.get(1), number(words, 2), number(words, 3));
            default -> throw new IllegalArgumentException("no such job: " + job);
        }
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }
}
