package io.meridian.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.pages.GeneratedPage;
import io.meridian.platform.terminal.Console;
import io.meridian.platform.testing.Cli;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class CommandPageTest {
    /// Run with `-Dmeridian.write.pages=true` to write the page.
    @Test
    void pageIsWhatTheDeclarationsSay() throws IOException {
        new GeneratedPage("cli.md", CommandPage.text(console())).check();
    }

    @Test
    void everyCommandAndOptionSaysWhatItMeans() {
        for (CommandLine line : all(CommandTree.all(console()))) {
            String name = line.getCommandSpec().qualifiedName();
            assertThat(line.getCommandSpec().usageMessage().description())
                    .as(name)
                    .isNotEmpty();
            for (OptionSpec option : line.getCommandSpec().options()) {
                if (!option.hidden()) {
                    assertThat(option.description())
                            .as(name + " " + option.longestName())
                            .isNotEmpty();
                    assertThat(option.description()[0])
                            .as(name + " " + option.longestName())
                            .endsWith(".");
                }
            }
            line.getCommandSpec()
                    .positionalParameters()
                    .forEach(parameter -> assertThat(parameter.description())
                            .as(name + " " + parameter.paramLabel())
                            .isNotEmpty());
        }
    }

    @Test
    void helpOfEveryCommandNamesItsOptionsAndTheExitCodes() {
        for (CommandLine line : all(CommandTree.all(console()))) {
            if (line.getSubcommands().isEmpty() && !line.getCommandName().equals("help")) {
                String words = line.getCommandSpec().qualifiedName().replaceFirst("meridian ?", "");
                String help = Cli.with(Map.of()).run(words, "--help").done().output();
                line.getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .forEach(option -> assertThat(help).as(words).contains(option.names()));
                assertThat(help).as(words).contains("Exit codes:");
            }
        }
    }

    @Test
    void everyChangeCanBeTriedDry() {
        for (String change : List.of(
                "topic create",
                "topic config",
                "topic delete",
                "topic trim",
                "group reset",
                "group delete",
                "produce")) {
            assertThat(Cli.with(Map.of()).run(change, "--help").output())
                    .as(change)
                    .contains("--dry-run");
        }
    }

    private static List<CommandLine> all(CommandLine line) {
        List<CommandLine> lines = new ArrayList<>(List.of(line));
        new LinkedHashSet<>(line.getSubcommands().values()).forEach(child -> lines.addAll(all(child)));
        return lines;
    }

    private static Console console() {
        return new Console(
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                Console.Terminals.NONE,
                Map.of());
    }
}
