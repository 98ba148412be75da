package io.meridian.platform.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Writes facts as JSON.
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /// An array with one element a line.
    static String lines(List<Fields> rows) {
        if (rows.isEmpty()) {
            return "[]\n";
        }
        StringBuilder text = new StringBuilder("[\n");
        for (int i = 0; i < rows.size(); i++) {
            text.append("  ").append(of(rows.get(i))).append(i + 1 < rows.size() ? ",\n" : "\n");
        }
        return text.append("]\n").toString();
    }

    /// One fact, in one line.
    public static String of(Value value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            write(json, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeArray(JsonGenerator json, List<? extends Value> values) throws IOException {
        json.writeStartArray();
        for (Value value : values) {
            write(json, value);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case Value.Text(String text) -> json.writeString(text);
            case Value.Whole(long number) -> json.writeNumber(number);
            case Value.Flag(boolean holds) -> json.writeBoolean(holds);
            case Value.Nothing() -> json.writeNull();
            case Value.Items(var values) -> writeArray(json, values);
            case Value.Rows(List<Fields> rows) -> writeArray(json, rows);
            case Fields fields -> {
                json.writeStartObject();
                for (Map.Entry<String, Value> field : fields.byName().entrySet()) {
                    json.writeFieldName(field.getKey());
                    write(json, field.getValue());
                }
                json.writeEndObject();
            }
        }
    }
}
