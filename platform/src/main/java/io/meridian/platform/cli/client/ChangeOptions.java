package io.meridian.platform.cli.client;

import picocli.CommandLine.Option;

/// `--dry-run`: what would be changed is shown and left as it is.
public final class ChangeOptions {
    @Option(names = "--dry-run", description = "Shows what would change and changes nothing.")
    private boolean dryRun;

    public boolean dryRun() {
        return dryRun;
    }

    /// The word for what was done, or would be.
    public String result(String done) {
        return dryRun ? "would be " + done : done;
    }
}
