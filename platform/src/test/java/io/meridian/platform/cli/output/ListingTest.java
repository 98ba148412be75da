package io.meridian.platform.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final List<Fields> TOPICS = List.of(
            Fields.of("topic", "orders").with("logEndOffset", 1200).with("internal", false),
            Fields.of("topic", "a").with("logEndOffset", Optional.empty()).with("internal", true));

    @Test
    void tableHasHeadingsAlignedColumnsAndNumbersToTheRight() {
        assertThat(text(TOPICS, OutputFormat.TABLE)).isEqualTo("""
                TOPIC   LOG-END-OFFSET  INTERNAL
                orders            1200  no
                a                    -  yes
                """);
    }

    @Test
    void jsonIsAnArrayWithOneElementALine() {
        assertThat(text(TOPICS, OutputFormat.JSON)).isEqualTo("""
                [
                  {"topic":"orders","logEndOffset":1200,"internal":false},
                  {"topic":"a","logEndOffset":null,"internal":true}
                ]
                """);
    }

    @Test
    void yamlIsAListOfMappings() {
        assertThat(text(TOPICS, OutputFormat.YAML)).isEqualTo("""
                - topic: orders
                  logEndOffset: 1200
                  internal: false
                - topic: a
                  logEndOffset: null
                  internal: true
                """);
    }

    @Test
    void namesAreTheFirstFieldsOneALine() {
        assertThat(text(TOPICS, OutputFormat.NAME)).isEqualTo("orders\na\n");
    }

    @Test
    void nothingIsAnEmptyAnswerForProgramsAndASentenceForPeople() {
        assertThat(text(List.of(), OutputFormat.JSON)).isEqualTo("[]\n");
        assertThat(text(List.of(), OutputFormat.YAML)).isEqualTo("[]\n");
        assertThat(text(List.of(), OutputFormat.NAME)).isEmpty();
        assertThat(text(List.of(), OutputFormat.TABLE)).isEqualTo("(errors) nothing there\n");
    }

    @Test
    void rowsWithinAThingAreATableOfTheirOwn() {
        Fields thing = Fields.of("topic", "orders")
                .withRows(
                        "partitions",
                        List.of(
                                Fields.of("partition", 0).withNumbers("isr", List.of(1, 2)),
                                Fields.of("partition", 10).withNumbers("isr", List.of())))
                .withRows("settings", List.of());

        assertThat(text(List.of(thing), OutputFormat.TABLE)).isEqualTo("""
                TOPIC       orders
                SETTINGS    -
                PARTITIONS
                  PARTITION  ISR
                          0  1,2
                         10  -
                """);
        assertThat(text(List.of(thing), OutputFormat.YAML)).isEqualTo("""
                - topic: orders
                  partitions:
                    - partition: 0
                      isr:
                        - 1
                        - 2
                    - partition: 10
                      isr: []
                  settings: []
                """);
    }

    @Test
    void nothingFromOutsideMovesTheCursorOfATerminal() {
        Fields row = Fields.of("key", "a\u001b[31m\n\u202e").with("end", "x");

        assertThat(text(List.of(row), OutputFormat.TABLE)).contains("a\\u{1b}[31m\\n\\u{202e}  x");
    }

    @Test
    void textsThatYamlWouldReadAsSomethingElseAreQuoted() {
        for (String text :
                List.of("", "yes", "No", "null", "1", "1.5", "- a", "a: b", "#a", "\"", "\\", "a\nb", "~", " a")) {
            assertThat(YamlWriter.item(Fields.of("v", text)))
                    .startsWith("- v: \"")
                    .endsWith("\"\n");
        }
        assertThat(YamlWriter.item(Fields.of("v", "a\u0085\n\"\\"))).isEqualTo("- v: \"a\\U00000085\\n\\\"\\\\\"\n");
        assertThat(YamlWriter.item(Fields.of("v", "cleanup.policy"))).isEqualTo("- v: cleanup.policy\n");
    }

    @Test
    void columnsOfAStreamGrowAndNeverShrink() {
        StreamTable table = new StreamTable();
        table.add(Fields.of("key", "a").with("value", "b"));
        assertThat(table.take()).isEqualTo("KEY  VALUE\na    b\n");
        table.add(Fields.of("key", "longer").with("value", "b"));
        assertThat(table.take()).isEqualTo("longer  b\n");
        table.add(Fields.of("key", "a").with("value", "b"));
        assertThat(table.take()).isEqualTo("a       b\n");
        assertThat(table.take()).isEmpty();
    }

    private static String text(List<Fields> rows, OutputFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        new Listing(rows, "nothing there")
                .print(
                        format,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        String errors = err.toString(StandardCharsets.UTF_8);
        return out.toString(StandardCharsets.UTF_8) + (errors.isEmpty() ? "" : "(errors) " + errors);
    }
}
