package io.meridian.engine.handler;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.base.Uuid;
import io.meridian.engine.testing.Batches;
import io.meridian.engine.testing.Groups;
import io.meridian.engine.testing.TestBroker;
import io.meridian.engine.testing.TestRequest;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.message.MessageTypes;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Valid requests in which one list has its first element thousands of times: what they cost and what is answered
/// stay in proportion to what was sent, whatever the element stands for.
final class RepeatedElementsTest {
    private static final int TIMES = 4_000;
    private static final int PARTITIONS = 100;
    private static final long WORK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /// An answer to one element is what it is; this is what each further one may add for a byte of the request.
    private static final int ANSWER_PER_REQUEST_BYTE = 64;

    @TestFactory
    List<DynamicTest> anElementNamedThousandsOfTimesCostsNoMoreThanItsBytes() {
        List<DynamicTest> tests = new ArrayList<>();
        for (ApiSupport support : ApiSupport.offered()) {
            ApiKey key = support.apiKey();
            short version = highestParsed(key);
            tests.add(DynamicTest.dynamicTest(key + " v" + version, () -> repeatEach(key, version)));
        }
        return tests;
    }

    private static short highestParsed(ApiKey key) {
        short version = 20;
        while (!ApiSupport.parses(key.number(), version)) {
            version--;
        }
        return version;
    }

    private static void repeatEach(ApiKey key, short version) throws ReflectiveOperationException {
        TestBroker broker = TestBroker.start(2);
        broker.createTopic(EveryVersionTest.TOPIC, PARTITIONS, Map.of("retention.ms", "1000"));
        broker.send(Batches.produce(-1, EveryVersionTest.TOPIC, 0, Batches.plain("a")), 9);
        Uuid topicId =
                broker.node(0).image().topics().inNameOrder().iterator().next().topicId();
        broker.send(Groups.commit((short) 8, "g", EveryVersionTest.TOPIC, topicId), 8);
        for (RequestMessage request : EveryVersionTest.requests(key, version, topicId)) {
            if (request.apiKey() != key.number()) {
                short lowest = (short) (ApiKey.of(request.apiKey()) == ApiKey.OFFSET_COMMIT ? 8 : 3);
                broker.send(decoded(key, request, lowest), lowest);
                continue;
            }
            long single = answerBytes(broker, decoded(key, request, version), version);
            for (int list = 0; ; list++) {
                Repetition repetition = new Repetition(list);
                RequestMessage repeated = (RequestMessage) repetition.in((Record) request);
                if (repetition.passed <= list) {
                    break;
                }
                check(
                        key + " v" + version + " list " + list + " of " + request,
                        broker,
                        key,
                        repeated,
                        version,
                        single);
            }
        }
    }

    private static void check(
            String what, TestBroker broker, ApiKey key, RequestMessage request, short version, long single) {
        WireWriter writer = new WireWriter();
        request.write(writer, version);
        RequestMessage decoded;
        try {
            decoded = decoded(key, request, version);
        } catch (WireFormatException refused) {
            return;
        }
        long elapsedNs = Long.MAX_VALUE;
        long answered = 0;
        for (int round = 0; round < 4; round++) {
            long before = System.nanoTime();
            TestRequest sent = broker.send(decoded, version);
            elapsedNs = Math.min(elapsedNs, System.nanoTime() - before);
            broker.pass(2_000);
            answered = bytesOf(sent, version);
        }
        assertThat(answered)
                .as("%s: bytes answered", what)
                .isLessThanOrEqualTo(2 * single + (long) ANSWER_PER_REQUEST_BYTE * writer.sizeInBytes());
        assertThat(elapsedNs).as("%s: time", what).isLessThanOrEqualTo(WORK_MAX_NS);
    }

    private static long answerBytes(TestBroker broker, RequestMessage request, short version) {
        TestRequest sent = broker.send(request, version);
        broker.pass(2_000);
        return bytesOf(sent, version);
    }

    private static long bytesOf(TestRequest sent, short version) {
        if (sent.closeReason() != null) {
            return 0;
        }
        WireWriter writer = new WireWriter();
        sent.response(ResponseMessage.class).write(writer, version);
        return writer.sizeInBytes();
    }

    private static RequestMessage decoded(ApiKey key, RequestMessage request, short version) {
        WireWriter writer = new WireWriter();
        request.write(writer, version);
        ByteBuffer bytes = writer.toByteBuffer();
        return MessageTypes.readRequest(
                request.apiKey(), new WireReader(bytes, ApiSupport.of(key).limits()), version);
    }

    /// Copies a message with the elements of one list repeated, the lists counted in the order of their fields.
    private static final class Repetition {
        private final int target;
        private int passed;

        Repetition(int target) {
            this.target = target;
        }

        Object in(Record message) throws ReflectiveOperationException {
            RecordComponent[] components = message.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            @Nullable Object[] values = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = value(components[i].getAccessor().invoke(message));
            }
            Constructor<?> constructor = message.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        }

        private @Nullable Object value(@Nullable Object value) throws ReflectiveOperationException {
            if (value instanceof List<?> list) {
                return list.isEmpty() ? list : repeated(list);
            }
            return value instanceof Record struct && !(value instanceof Uuid || value instanceof BufferPayload)
                    ? in(struct)
                    : value;
        }

        private List<?> repeated(List<?> list) throws ReflectiveOperationException {
            if (passed++ == target) {
                return Collections.nCopies(TIMES, list.getFirst());
            }
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object element : list) {
                copy.add(value(element));
            }
            return copy;
        }
    }
}
