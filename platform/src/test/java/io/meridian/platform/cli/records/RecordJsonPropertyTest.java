package io.meridian.platform.cli.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.SeededRandom;
import io.meridian.platform.cli.output.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordJsonPropertyTest {
    private static final int RECORDS = 5_000;
    private static final String LETTERS = "aZ\"\\\n\t\u0000\u007f\u00e4\u20ac\u2028\ufeff\ud83d\ude00";

    @Test
    void whatConsumePrintsProduceStoresUnchanged() throws Exception {
        SeededRandom random = new SeededRandom(20_261_120);
        for (int i = 0; i < RECORDS; i++) {
            ConsumerRecord<byte[], byte[]> consumed = record(random);
            String line = JsonText.of(RecordFields.exact(consumed));

            ProducerRecord<byte[], byte[]> again =
                    RecordJson.parse("other", line.getBytes(StandardCharsets.UTF_8), true);

            assertThat(line).doesNotContain("\n");
            assertThat(again.partition()).isEqualTo(consumed.partition());
            assertThat(again.timestamp()).isEqualTo(consumed.timestamp());
            assertThat(again.key()).as(line).isEqualTo(consumed.key());
            assertThat(again.value()).as(line).isEqualTo(consumed.value());
            assertThat(again.headers().toArray())
                    .as(line)
                    .isEqualTo(consumed.headers().toArray());
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(SeededRandom random) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = random.nextInt(4); i > 0; i--) {
            Header header = new org.apache.kafka.common.header.internals.RecordHeader(text(random), bytes(random));
            headers.add(header);
        }
        return new ConsumerRecord<>(
                "orders",
                random.nextInt(10),
                random.nextInt(1_000_000),
                random.nextInt(Integer.MAX_VALUE) * 1000L,
                random.nextInt(2) == 0 ? TimestampType.CREATE_TIME : TimestampType.LOG_APPEND_TIME,
                0,
                0,
                bytes(random),
                bytes(random),
                headers,
                Optional.empty());
    }

    /// Nothing, text, or bytes of which few are text.
    private static byte @Nullable [] bytes(SeededRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> text(random).getBytes(StandardCharsets.UTF_8);
            default -> {
                byte[] bytes = new byte[random.nextInt(20)];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 'a' + random.nextInt(26));
                }
                yield bytes;
            }
        };
    }

    private static String text(SeededRandom random) {
        StringBuilder text = new StringBuilder();
        int[] letters = LETTERS.codePoints().toArray();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }
}
