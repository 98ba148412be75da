package io.meridian.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.meridian.base.SeededRandom;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.RequestContext;
import io.meridian.log.storage.SegmentFile;
import io.meridian.protocol.message.ApiVersionsResponse;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.wire.BufferPayload;
import io.meridian.protocol.wire.Payload;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.server.file.FileLogStorage;
import io.meridian.server.file.FileSlice;
import io.meridian.server.file.OpenFiles;
import io.meridian.server.testing.RunningServer;
import io.meridian.server.testing.ScriptedNode;
import io.meridian.transport.KafkaConnection;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ranges of files on their way through real sockets.
@Timeout(120)
class FileRangesIT {
    private static final short FETCH_VERSION = 12;
    private static final int FILE_BYTES = 4 << 20;
    private static final int[] RANGES = {0, 1, 5_000, 300_000};

    @TempDir
    private Path data;

    @TempDir
    private Path files;

    private final byte[] content = new byte[FILE_BYTES];
    private final List<FileSlice> slices = new CopyOnWriteArrayList<>();
    private FileLogStorage storage;
    private SegmentFile file;

    @BeforeEach
    void write() throws Exception {
        new SeededRandom(5).nextBytes(content);
        storage = FileLogStorage.open(files, OpenFiles.unlimited());
        file = storage.create("0.log");
        file.write(0, ByteBuffer.wrap(content));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void rangesArriveWholeAndInOrderAmongOtherBytes() throws Exception {
        try (RunningServer running = start()) {
            KafkaConnection connection = running.connect();
            List<CompletableFuture<ResponseMessage>> answers = new ArrayList<>();
            for (int count = 0; count < 100; count++) {
                answers.add(connection.send(FetchRequest.DEFAULT, FETCH_VERSION));
            }
            for (CompletableFuture<ResponseMessage> answer : answers) {
                assertContent((FetchResponse) answer.get(30, TimeUnit.SECONDS));
            }
            assertEverySliceIsReleased();
        }
    }

    @Test
    void aClientThatLeavesGivesItsRangesBack() throws Exception {
        try (RunningServer running = start()) {
            try (Socket socket = running.rawSocket()) {
                byte[] fetch = {0, 0, 0, 0, 0, 1, 0, 12, 0, 0, 0, 1, (byte) 0xFF, (byte) 0xFF, 0};
                ByteBuffer request = ByteBuffer.allocate(fetch.length + 26).put(fetch);
                request.putInt(-1).putInt(0).putInt(0).putInt(1 << 30).put((byte) 0);
                request.putInt(0).putInt(-1).put((byte) 1);
                request = ByteBuffer.wrap(completed(request));
                for (int count = 0; count < 60; count++) {
                    socket.getOutputStream().write(request.array());
                }
                socket.getOutputStream().flush();
                await().until(() -> slices.size() >= RANGES.length);
            }
            assertEverySliceIsReleased();
        }
    }

    /// The rest of a Fetch request: no forgotten topics, no rack, no tagged fields; then the length.
    private static byte[] completed(ByteBuffer request) {
        byte[] bytes = new byte[request.position() + 3];
        request.flip().get(bytes, 0, request.limit());
        bytes[bytes.length - 3] = 1;
        bytes[bytes.length - 2] = 1;
        ByteBuffer.wrap(bytes).putInt(0, bytes.length - Integer.BYTES);
        return bytes;
    }

    private RunningServer start() throws Exception {
        return RunningServer.start(data, _ -> new ScriptedNode(this::answer)).ready();
    }

    private synchronized void answer(RequestContext context, RequestMessage request, Effects effects) {
        if (!(request instanceof FetchRequest)) {
            effects.add(new Effect.Reply(context, ApiVersionsResponse.DEFAULT));
            return;
        }
        List<FetchResponse.PartitionData> partitions = new ArrayList<>();
        for (int range : RANGES) {
            FileSlice slice = (FileSlice) file.slice(range, range);
            slices.add(slice);
            partitions.add(FetchResponse.PartitionData.DEFAULT
                    .withPartitionIndex(range)
                    .withRecords(slice));
        }
        FetchResponse.FetchableTopicResponse topic =
                FetchResponse.FetchableTopicResponse.DEFAULT.withTopic("t").withPartitions(partitions);
        effects.add(new Effect.Reply(context, FetchResponse.DEFAULT.withResponses(List.of(topic))));
    }

    private void assertContent(FetchResponse response) {
        List<FetchResponse.PartitionData> partitions =
                response.responses().getFirst().partitions();
        assertThat(partitions).hasSize(RANGES.length);
        for (FetchResponse.PartitionData partition : partitions) {
            int range = partition.partitionIndex();
            Payload records = partition.records();
            assertThat(records)
                    .isInstanceOfSatisfying(
                            BufferPayload.class,
                            payload ->
                                    assertThat(payload.duplicate()).isEqualTo(ByteBuffer.wrap(content, range, range)));
        }
    }

    /// The owner gives the file up; the channel then closes with the last slice.
    private void assertEverySliceIsReleased() throws Exception {
        file.close();
        await().until(() -> slices.stream().noneMatch(slice -> slice.channel().isOpen()));
    }
}
