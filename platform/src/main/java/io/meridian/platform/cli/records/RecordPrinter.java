package io.meridian.platform.cli.records;

import io.meridian.platform.cli.output.JsonText;
import io.meridian.platform.cli.output.OutputFormat;
import io.meridian.platform.cli.output.Progress;
import io.meridian.platform.cli.output.StreamTable;
import io.meridian.platform.cli.output.YamlWriter;
import io.meridian.platform.terminal.Console;
import java.io.PrintStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Prints records as they come.
final class RecordPrinter {
    private final Console console;
    private final OutputFormat format;
    private final boolean raw;
    private final StreamTable table = new StreamTable();
    private final Progress progress;
    private long count;

    RecordPrinter(Console console, OutputFormat format, boolean raw) {
        this.console = console;
        this.format = format;
        this.raw = raw;
        this.progress = new Progress(console, "records");
    }

    /// Adds one; it may stay in a buffer until [#flush].
    void print(ConsumerRecord<byte[], byte[]> record) {
        PrintStream out = console.out();
        count++;
        if (raw) {
            byte[] value = record.value();
            if (value != null) {
                out.write(value, 0, value.length);
            }
            out.write('\n');
            return;
        }
        switch (format) {
            case TABLE -> table.add(RecordFields.row(record));
            case JSON -> out.append(JsonText.of(RecordFields.exact(record))).append('\n');
            case YAML -> out.append(YamlWriter.item(RecordFields.exact(record)));
            case NAME -> out.append(RecordFields.name(record)).append('\n');
        }
    }

    /// Sends everything on its way.
    ///
    /// @return false if nobody reads any more
    boolean flush() {
        console.out().print(table.take());
        console.out().flush();
        if (!console.terminals().out()) {
            progress.at(count);
        }
        return !console.out().checkError();
    }

    /// Takes the progress line away.
    void end() {
        progress.end();
    }
}
