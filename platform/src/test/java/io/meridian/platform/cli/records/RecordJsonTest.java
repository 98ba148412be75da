package io.meridian.platform.cli.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {
    @Test
    void nullAndEmptyStayApart() throws Exception {
        ProducerRecord<byte[], byte[]> record = parse("{\"key\":null,\"value\":\"\"}");

        assertThat(record.key()).isNull();
        assertThat(record.value()).isEmpty();
        assertThat(parse("{}").value()).isNull();
        assertThat(parse("{\"value\":{\"base64\":\"\"}}").value()).isEmpty();
    }

    @Test
    void wholeOfARecordThatConsumePrintsIsUnderstood() throws Exception {
        ProducerRecord<byte[], byte[]> record = parse("{\"topic\":\"a\",\"partition\":3,\"offset\":9,\"timestamp\":17,"
                + "\"timestampType\":\"append\",\"key\":\"k\",\"value\":{\"base64\":\"/w==\"},"
                + "\"headers\":[{\"name\":\"h\",\"value\":null}]}");

        assertThat(record.topic()).isEqualTo("orders");
        assertThat(record.partition()).isEqualTo(3);
        assertThat(record.timestamp()).isEqualTo(17L);
        assertThat(record.value()).containsExactly(-1);
        assertThat(record.headers().lastHeader("h").value()).isNull();
    }

    @Test
    void aPartitionIsKeptOnlyWhenAsked() throws Exception {
        byte[] line = "{\"partition\":3}".getBytes(StandardCharsets.UTF_8);

        assertThat(RecordJson.parse("orders", line, false).partition()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "[] ~ found an array, expected an object",
                "`` ~ found nothing, expected an object",
                "{\"key\":1} ~ key: found 1, expected a string",
                "{\"value\":{\"a\":1}} ~ JSON inside of a record goes into a string",
                "{\"value\":{\"base64\":\"*\"}} ~ value: this is no base64",
                "{\"value\":{\"base64\":\"\",\"b\":1}} ~ nothing else in it",
                "{\"vlaue\":\"x\"} ~ did you mean 'value'?",
                "{\"key\":\"a\",\"key\":\"b\"} ~ Duplicate field",
                "{\"timestamp\":-1} ~ timestamp: found -1, expected a whole number from 0",
                "{\"timestamp\":1.5} ~ timestamp: found 1.5",
                "{\"timestamp\":99999999999999999999} ~ timestamp: found 99999999999999999999",
                "{\"partition\":4294967296} ~ partition: found 4294967296",
                "{\"headers\":{}} ~ headers: found an object, expected an array",
                "{\"headers\":[1]} ~ headers: found 1",
                "{\"headers\":[{\"value\":\"v\"}]} ~ without a name",
                "{\"key\":\"\\ud800\"} ~ surrogate",
                "{} {} ~ behind the object",
                "{\"key\" ~ this is no JSON",
                "key ~ this is no JSON"
            })
    void anythingElseIsRefusedWithWhatIsExpected(String line, String part) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(RecordJson.Malformed.class)
                .hasMessageContaining(part)
                .message()
                .doesNotContain("\n");
    }

    private static ProducerRecord<byte[], byte[]> parse(String line) throws RecordJson.Malformed {
        return RecordJson.parse("orders", line.getBytes(StandardCharsets.UTF_8), true);
    }
}
