package io.meridian.platform.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.meridian.platform.node.NodeCommand;
import io.meridian.platform.testing.Broker;
import io.meridian.platform.testing.Clients;
import io.meridian.server.runtime.FatalFaults;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory that runs out ends the process at once, and nothing that was acknowledged is lost.
class OutOfMemoryIT {
    private static final int EXIT_OF_THE_VIRTUAL_MACHINE = 3;
    private static final Duration END_LIMIT = Duration.ofSeconds(30);
    private static final Duration RESTART_LIMIT = Duration.ofSeconds(15);
    private static final List<String> VALUES =
            IntStream.range(0, 200).mapToObj(number -> "value " + number).toList();

    @TempDir
    Path directory;

    private NodeCommand command;
    private Path errors;

    @BeforeEach
    void chooseWhere() {
        command = NodeCommand.on(directory.resolve("data"));
        errors = directory.resolve("errors");
    }

    @Test
    void memoryOutsideTheHeapThatRunsOutEndsTheProcessAtOnce() throws Exception {
        String topic;
        // The budget for requests is larger than the memory there is, so that frames in half use it up.
        try (ChildNode node =
                ChildNode.with(command, errors, "-XX:MaxDirectMemorySize=24m").ready()) {
            topic = Clients.createTopic(node.broker(), "kept", 1);
            Clients.produce(node.broker(), topic, 0, VALUES);

            List<Socket> halves = halfFrames(node.broker(), 60);

            assertThat(node.process().awaitExit(END_LIMIT)).isEqualTo(FatalFaults.EXIT_OUT_OF_MEMORY);
            assertThat(node.errorText().lines().reduce((_, last) -> last).orElse(""))
                    .contains("out of memory, the process halts");
            for (Socket half : halves) {
                half.close();
            }
        }
        assertNothingIsLost(topic);
    }

    @Test
    void aHeapThatRunsOutEndsTheProcessAtOnce() throws Exception {
        String topic;
        try (ChildNode node = ChildNode.with(command, errors).ready()) {
            topic = Clients.createTopic(node.broker(), "kept", 1);
            Clients.produce(node.broker(), topic, 0, VALUES);
            node.process().kill();
        }
        try (ChildNode node = ChildNode.with(command, errors, "-Xms8m", "-Xmx8m")) {
            assertThat(node.process().awaitExit(END_LIMIT)).isEqualTo(EXIT_OF_THE_VIRTUAL_MACHINE);
            assertThat(String.join("\n", node.process().output()) + node.errorText())
                    .contains("Terminating due to java.lang.OutOfMemoryError");
        }
        assertNothingIsLost(topic);
    }

    private void assertNothingIsLost(String topic) throws Exception {
        try (ChildNode node = ChildNode.with(command, errors)) {
            Duration tookToStart = node.process().awaitReady(RESTART_LIMIT);
            assertThat(tookToStart).isLessThan(RESTART_LIMIT);
            assertThat(Clients.values(Clients.readAll(node.broker(), topic, 0))).isEqualTo(VALUES);
        }
    }

    /// Each holds a mebibyte of the broker's memory, for as long as it lives.
    private static List<Socket> halfFrames(Broker broker, int count) throws IOException {
        byte[] half = new byte[1024 * 1024];
        ByteBuffer.wrap(half).putInt(half.length).putShort(ApiKeys.PRODUCE.id).putShort((short) 9);
        List<Socket> sockets = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            Socket socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(new InetSocketAddress(broker.host(), broker.port()), (int) END_LIMIT.toMillis());
                OutputStream out = socket.getOutputStream();
                out.write(half);
                out.flush();
            } catch (SocketException gone) {
                return sockets;
            }
        }
        return sockets;
    }
}
