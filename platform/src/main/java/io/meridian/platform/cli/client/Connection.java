package io.meridian.platform.cli.client;

import io.meridian.platform.terminal.ExitCode;
import io.meridian.platform.terminal.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// A way to one cluster. Used by one thread.
///
/// The admin client is built when it is first needed: producing and consuming do without it.
public final class Connection implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private static final int LINGER_MS = 5;

    private final String bootstrap;
    private final Map<String, String> given;
    private final Duration timeout;
    private @Nullable Admin admin;

    Connection(String bootstrap, Map<String, String> given, Duration timeout) {
        this.bootstrap = bootstrap;
        this.given = Map.copyOf(given);
        this.timeout = timeout;
    }

    /// How long any answer is waited for.
    public Duration timeout() {
        return timeout;
    }

    /// The addresses, as they were given.
    public String bootstrap() {
        return bootstrap;
    }

    /// The admin client, which lives as long as this.
    public Admin admin() {
        Admin existing = admin;
        if (existing == null) {
            existing = build(() -> Admin.create(configuration(Map.of())));
            admin = existing;
        }
        return existing;
    }

    /// A producer of bytes, which the caller closes.
    public Producer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.putIfAbsent("delivery.timeout.ms", millis() + LINGER_MS);
        all.putIfAbsent("max.block.ms", millis());
        all.putIfAbsent("linger.ms", LINGER_MS);
        return build(
                () -> new KafkaProducer<>(configuration(all), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /// A consumer of bytes, which the caller closes. It creates no topics.
    public Consumer<byte[], byte[]> consumer(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.putIfAbsent("allow.auto.create.topics", false);
        return build(() ->
                new KafkaConsumer<>(configuration(all), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    private Map<String, Object> configuration(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>();
        all.put("client.id", "meridian-cli");
        all.put("default.api.timeout.ms", millis());
        all.put("request.timeout.ms", millis());
        all.put("socket.connection.setup.timeout.ms", Math.min(millis(), 3000));
        all.put("metric.reporters", "");
        all.put("enable.metrics.push", false);
        all.putAll(more);
        all.putAll(given);
        all.put("bootstrap.servers", bootstrap);
        return all;
    }

    private int millis() {
        return (int) timeout.toMillis();
    }

    private static <T> T build(Supplier<T> client) {
        try {
            return client.get();
        } catch (KafkaException e) {
            Throwable cause = e.getCause();
            throw Refused.askedWrongly("the Kafka client refuses its settings: " + e.getMessage()
                    + (cause == null ? "" : ": " + cause.getMessage()) + "; look at --client-config and -X");
        }
    }

    /// Waits for an answer.
    ///
    /// @throws Refused in the words of [ClientFailure] if there is none or it is a refusal
    public <T> T answer(Future<T> future) {
        try {
            return attempt(future);
        } catch (ExecutionException e) {
            throw ClientFailure.refused(cause(e), this);
        }
    }

    /// Waits for an answer whose failure the caller knows better words for.
    public <T> T attempt(Future<T> future) throws ExecutionException {
        try {
            return future.get(timeout.toMillis() + CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ExecutionException(new org.apache.kafka.common.errors.TimeoutException("time is up"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refused.with(ExitCode.FAILED, "interrupted");
        }
    }

    /// What an answer failed with.
    public static Throwable cause(ExecutionException failed) {
        Throwable cause = failed.getCause();
        return cause == null ? failed : cause;
    }

    @Override
    public void close() {
        Admin existing = admin;
        if (existing != null) {
            existing.close(CLOSE_LIMIT);
        }
    }
}
