package io.meridian.examples.flights;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/// Writes all flights once, keyed by origin, with an idempotent producer that outlasts a broker which goes away.
///
/// `FlightsProducer [BOOTSTRAP [TOPIC [FLIGHTS_A_SECOND]]]`. At 2000 a second it takes ten seconds: time enough to
/// kill the broker and start it again.
public final class FlightsProducer {
    private static final int PARTITIONS = 4;

    private final String bootstrap;
    private final String topic;
    private final AtomicInteger acknowledged = new AtomicInteger();

    /// @param bootstrap address of the broker, `host:port`
    /// @param topic created with four partitions if it is not there
    public FlightsProducer(String bootstrap, String topic) {
        this.bootstrap = bootstrap;
        this.topic = topic;
    }

    /// Runs the program.
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String bootstrap = arguments.length > 0 ? arguments[0] : "127.0.0.1:9092";
        String topic = arguments.length > 1 ? arguments[1] : Flight.TOPIC;
        int perSecond = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        List<Flight> flights = Flight.all();
        FlightsProducer producer = new FlightsProducer(bootstrap, topic);
        producer.send(flights, perSecond);
        System.out.println(producer.acknowledged() + " of " + flights.size() + " flights acknowledged in " + topic);
        System.exit(producer.acknowledged() == flights.size() ? 0 : 1);
    }

    /// Sends `flights` in order and returns when each has been acknowledged or given up.
    ///
    /// @param perSecond how many to send a second, 0 for as fast as possible
    public void send(List<Flight> flights, int perSecond) throws InterruptedException {
        createTopic();
        ObjectMapper mapper = new ObjectMapper();
        long startNs = System.nanoTime();
        try (Producer<String, String> producer =
                new KafkaProducer<>(configuration(bootstrap), new StringSerializer(), new StringSerializer())) {
            for (int number = 0; number < flights.size(); number++) {
                if (perSecond > 0) {
                    pauseUntil(startNs + TimeUnit.SECONDS.toNanos(number) / perSecond);
                }
                Future<RecordMetadata> _ = producer.send(record(flights.get(number), number, mapper), (_, failure) -> {
                    if (failure == null) {
                        acknowledged.incrementAndGet();
                    }
                });
            }
            producer.flush();
        }
    }

    /// How many flights the broker has acknowledged so far.
    public int acknowledged() {
        return acknowledged.get();
    }

    private static Map<String, Object> configuration(String bootstrap) {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "enable.idempotence",
                true,
                "acks",
                "all",
                "max.in.flight.requests.per.connection",
                5,
                "delivery.timeout.ms",
                600_000,
                "max.block.ms",
                600_000,
                "reconnect.backoff.max.ms",
                200,
                "compression.type",
                "lz4");
    }

    private ProducerRecord<String, String> record(Flight flight, int number, ObjectMapper mapper) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, flight.origin(), flight.json(mapper));
        record.headers().add(Flight.NUMBER, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private void createTopic() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic " + topic + " could not be created at " + bootstrap, e);
            }
        }
    }

    private static void pauseUntil(long momentNs) {
        for (long left = momentNs - System.nanoTime(); left > 0; left = momentNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
