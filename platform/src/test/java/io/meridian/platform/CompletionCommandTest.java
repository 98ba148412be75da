package io.meridian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.testing.Cli;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionCommandTest {
    private final Cli cli = Cli.with(Map.of());

    @Test
    void everyShellLearnsCommandsAndOptions() {
        assertThat(cli.run("completion bash").done().output()).contains("complete -F", "topic", "--replication-factor");
        assertThat(cli.run("completion zsh").done().output())
                .contains("compinit", "complete -F", "--replication-factor");
        assertThat(cli.run("completion fish").done().output())
                .contains("complete -c meridian -n 'not __fish_seen_subcommand_from up topic")
                .contains("-a topic -d 'Topics, their settings and their offsets.'")
                .contains("__fish_seen_subcommand_from topic; and __fish_seen_subcommand_from create' -s r -l"
                        + " replication-factor -r -d")
                .doesNotContain(" train");
    }

    @Test
    void otherShellsAreRefused() {
        cli.run("completion tcsh").refused(ExitCode.ASKED_WRONGLY, "tcsh");
    }
}
