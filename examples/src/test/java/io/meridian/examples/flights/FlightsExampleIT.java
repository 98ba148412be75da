package io.meridian.examples.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.node.NodeProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightsExampleIT {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int FLIGHTS_A_SECOND = 8_000;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 5_000;

    @TempDir
    Path directory;

    @Test
    void everyFlightIsThereOnceAndInOrderAlthoughTheNodeWasKilledMidway() throws Exception {
        List<Flight> flights = Flight.all();
        NodeCommand command = NodeCommand.on(directory.resolve("data"));
        FlightsProducer producer = new FlightsProducer(command.bootstrap(), Flight.TOPIC);
        int acknowledgedAtKill;
        CompletableFuture<Void> sending;

        try (NodeProcess node = NodeProcess.start(command, directory.resolve("errors"))) {
            node.awaitReady(START_LIMIT);
            sending = CompletableFuture.runAsync(() -> send(producer, flights));
            await().pollInterval(Duration.ofMillis(2))
                    .atMost(START_LIMIT)
                    .until(() -> producer.acknowledged() >= ACKNOWLEDGED_BEFORE_KILL || sending.isDone());
            node.kill();
            acknowledgedAtKill = producer.acknowledged();
        }
        assertThat(acknowledgedAtKill)
                .as("acknowledged when the node was killed")
                .isBetween(ACKNOWLEDGED_BEFORE_KILL, flights.size() - 1);

        try (NodeProcess node = NodeProcess.start(command, directory.resolve("errors"))) {
            node.awaitReady(START_LIMIT);
            sending.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            FlightsReport report = new FlightsReader(command.bootstrap(), Flight.TOPIC).check(flights);
            assertThat(producer.acknowledged()).isEqualTo(flights.size());
            assertThat(report.complete()).as(report.text()).isTrue();
        }
    }

    private static void send(FlightsProducer producer, List<Flight> flights) {
        try {
            producer.send(flights, FLIGHTS_A_SECOND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
