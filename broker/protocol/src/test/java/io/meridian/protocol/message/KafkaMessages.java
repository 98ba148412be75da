package io.meridian.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.Payload;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.jspecify.annotations.Nullable;

/// Messages of Kafka's own classes, and their comparison with ours.
final class KafkaMessages {
    private KafkaMessages() {}

    static <M extends Message> M read(M message, byte[] bytes, short version) {
        message.read(new ByteBufferAccessor(ByteBuffer.wrap(bytes)), version);
        return message;
    }

    static byte[] write(Message message, short version) {
        return bytesOf(MessageUtil.toByteBufferAccessor(message, version).buffer());
    }

    static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /// Compares every component of our record with what Kafka's object has under the same name, fields that the
    /// version lacks included: their defaults must agree too.
    static void assertSameFields(String path, Record ours, Object kafkas) throws ReflectiveOperationException {
        for (RecordComponent component : ours.getClass().getRecordComponents()) {
            Object our = component.getAccessor().invoke(ours);
            Object kafka = kafkas.getClass().getMethod(component.getName()).invoke(kafkas);
            assertSame(path + "." + component.getName(), our, kafka);
        }
    }

    private static void assertSame(String path, @Nullable Object our, @Nullable Object kafka)
            throws ReflectiveOperationException {
        switch (our) {
            case null -> assertThat(kafka).as(path).isNull();
            case Uuid(long most, long least) ->
                assertThat(kafka).as(path).isEqualTo(new org.apache.kafka.common.Uuid(most, least));
            case ByteBuffer bytes -> assertThat(bufferOf(kafka)).as(path).isEqualTo(bytes);
            case Payload payload -> assertThat(bufferOf(kafka)).as(path).isEqualTo(((BufferPayload) payload).buffer());
            case List<?> list -> {
                assertThat(kafka).as(path).isInstanceOf(Collection.class);
                Collection<?> others = (Collection<?>) kafka;
                assertThat(list).as(path).hasSize(others.size());
                Iterator<?> other = others.iterator();
                for (Object element : list) {
                    assertSame(path + "[]", element, other.next());
                }
            }
            case Record struct -> {
                assertThat(kafka).as(path).isNotNull();
                assertSameFields(path, struct, kafka);
            }
            default -> assertThat(kafka).as(path).isEqualTo(our);
        }
    }

    private static ByteBuffer bufferOf(@Nullable Object value) throws ReflectiveOperationException {
        Object kafka = Objects.requireNonNull(value);
        if (kafka instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        return kafka instanceof ByteBuffer buffer
                ? buffer
                : (ByteBuffer) kafka.getClass().getMethod("buffer").invoke(kafka);
    }
}
