package io.meridian.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.server.file.OpenFiles;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpGateTest {
    private static final long NOTHING_SCHEDULED = -1;

    private final List<String> refused = new ArrayList<>();
    private final HttpGate gate = new HttpGate(2, OpenFiles.unlimited(), refused::add, () -> {});

    @Test
    void aConnectionThatEndedLeavesNoTimerBehind() {
        var connection = new EmbeddedChannel();

        assertThat(gate.admits(connection, connection.eventLoop())).isTrue();
        assertThat(gate.open()).isEqualTo(1);
        assertThat(connection.runScheduledPendingTasks()).isPositive();

        var _ = connection.close();
        assertThat(gate.open()).isZero();
        assertThat(connection.runScheduledPendingTasks()).isEqualTo(NOTHING_SCHEDULED);
        assertThat(refused).isEmpty();
    }

    @Test
    void aConnectionThatHadEndedBeforeIsNotWatched() {
        var connection = new EmbeddedChannel();
        var _ = connection.close();

        gate.admits(connection, connection.eventLoop());

        assertThat(gate.open()).isZero();
        assertThat(connection.runScheduledPendingTasks()).isEqualTo(NOTHING_SCHEDULED);
    }
}
