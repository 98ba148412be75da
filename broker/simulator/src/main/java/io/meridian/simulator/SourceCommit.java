package io.meridian.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The commit that the sources are at, for lines that tell how to repeat a run.
final class SourceCommit {
    private SourceCommit() {}

    /// The abbreviated commit, "unknown" outside of a repository.
    static String current() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var output = git.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
                return text.isEmpty() ? "unknown" : text;
            }
        } catch (IOException noGit) {
            return "unknown";
        }
    }
}
