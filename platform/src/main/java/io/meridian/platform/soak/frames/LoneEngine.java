package io.meridian.platform.soak.frames;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.engine.effect.Effect;
import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.LogStorage;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.protocol.api.ApiKey;
import io.meridian.protocol.api.ApiSupport;
import io.meridian.protocol.api.ReceivedRequest;
import io.meridian.protocol.api.RequestHeader;
import io.meridian.protocol.message.DeleteTopicsRequest;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.MetadataRequest;
import io.meridian.protocol.message.MetadataResponse;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.protocol.wire.UnsupportedFieldException;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireWriter;
import io.meridian.server.runtime.EngineNodes;
import io.meridian.server.runtime.HostedNode;
import io.meridian.server.runtime.NodeFactory;
import io.meridian.server.runtime.StartRefused;
import io.meridian.settings.BrokerConfig;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One node of the engine without sockets and loops: the caller's thread decodes frames as a connection does, hands
/// them to the node and does what the node asks for. Jobs of disk threads run between the turns and are not counted.
///
/// Time is the caller's, moved by [#pass]. What a turn costs is measured as the thread's own processor time, so that
/// others on the machine do not count.
final class LoneEngine {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int FRAME_BYTES_MIN = 8;

    private final HostedNode node;
    private final Deque<StorageJob> jobs = new ArrayDeque<>();
    private final FireTally tally;
    private long elapsedNs;
    private boolean ready;
    private String stopReason = "";
    private @Nullable ResponseMessage lastAnswer;

    LoneEngine(LogStorage storage, BrokerConfig config, SeededRandom random, FireTally tally) throws StartRefused {
        this.tally = tally;
        NodeFactory.Site site = new NodeFactory.Site(storage, 1, "localhost", 9092, random);
        this.node = new EngineNodes(config, 16 << 20).create(site).getFirst();
        node.start(now());
        finish();
        Invariant.check(ready, "the engine did not become ready");
    }

    /// Why the node wants the process to end; empty while it does not.
    String stopReason() {
        return stopReason;
    }

    /// Decodes a frame and, if it is a request, lets the node deal with it.
    void receive(byte[] frame) {
        long before = THREADS.getCurrentThreadCpuTime();
        LoneRequest request = null;
        try {
            request = decode(frame);
        } catch (WireFormatException malformed) {
            tally.malformed++;
        }
        if (request != null) {
            tally.requests++;
            node.onRequest(request, request.message(), now());
            settle();
            node.endTurn(now());
            settle();
        }
        tally.turn(THREADS.getCurrentThreadCpuTime() - before, frame);
    }

    private static LoneRequest decode(byte[] bytes) {
        if (bytes.length < FRAME_BYTES_MIN) {
            throw new WireFormatException("a frame of " + bytes.length + " bytes");
        }
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        ApiKey key = ApiKey.of(frame.getShort(0));
        ReceivedRequest request =
                key == null || bytes.length > ApiSupport.of(key).maxFrameBytes() ? null : ReceivedRequest.read(frame);
        if (request == null) {
            throw new WireFormatException("not served");
        }
        return new LoneRequest(request.header(), request.message());
    }

    /// Deletes all topics: frames whose names are damaged make new ones without end.
    void sweep() {
        ask(ApiKey.METADATA, (short) 12, MetadataRequest.DEFAULT.withTopics(null));
        if (lastAnswer instanceof MetadataResponse all) {
            List<String> names = all.topics().stream()
                    .filter(topic -> !topic.isInternal())
                    .map(MetadataResponse.MetadataResponseTopic::name)
                    .filter(Objects::nonNull)
                    .toList();
            ask(ApiKey.DELETE_TOPICS, (short) 5, DeleteTopicsRequest.DEFAULT.withTopicNames(names));
        }
    }

    private void ask(ApiKey key, short version, RequestMessage request) {
        RequestHeader header = new RequestHeader(key.number(), version, 0, null);
        node.onRequest(new LoneRequest(header, request), request, now());
        settle();
        finish();
    }

    /// Lets time go by and what is due happen.
    void pass(long durationMs) {
        long endNs = elapsedNs + durationMs * Now.NANOS_PER_MILLI;
        while (node.nextDeadlineNs() <= endNs) {
            elapsedNs = Math.max(elapsedNs, node.nextDeadlineNs());
            long before = THREADS.getCurrentThreadCpuTime();
            node.tick(now());
            settle();
            tally.turn(THREADS.getCurrentThreadCpuTime() - before, new byte[0]);
            finish();
        }
        elapsedNs = endNs;
    }

    private Now now() {
        return new Now(System.currentTimeMillis() + elapsedNs / Now.NANOS_PER_MILLI, elapsedNs);
    }

    /// Runs the jobs that disk threads would, until there are none.
    void finish() {
        do {
            for (StorageJob job = jobs.poll(); job != null; job = jobs.poll()) {
                StorageFault fault = run(job);
                long before = THREADS.getCurrentThreadCpuTime();
                node.onStorageDone(job, fault, now());
                settle();
                tally.turn(THREADS.getCurrentThreadCpuTime() - before, new byte[0]);
            }
            node.endTurn(now());
            settle();
        } while (!jobs.isEmpty());
    }

    private static @Nullable StorageFault run(StorageJob job) {
        try {
            job.run();
            return null;
        } catch (StorageFault fault) {
            return fault;
        }
    }

    private void settle() {
        for (Effect effect = node.effects().poll();
                effect != null;
                effect = node.effects().poll()) {
            execute(effect);
        }
    }

    private void execute(Effect effect) {
        switch (effect) {
            case Effect.Reply(var context, ResponseMessage response) -> answer((LoneRequest) context, response);
            case Effect.NoReply _ -> tally.unanswered++;
            case Effect.CloseConnection _ -> tally.closed++;
            case Effect.Store(StorageJob job) -> {
                if (job.lane() == StorageJob.Lane.LOOP) {
                    node.onStorageDone(job, run(job), now());
                } else {
                    jobs.add(job);
                }
            }
            case Effect.ToNode message -> node.onNodeMessage(message.message(), now());
            case Effect.Ready _ -> ready = true;
            case Effect.StopProcess(String reason) -> stopReason = reason;
            case Effect.Stopped _, Effect.SpaceChanged _, Effect.LimitConnections _ -> {}
        }
    }

    private void answer(LoneRequest context, ResponseMessage response) {
        lastAnswer = response instanceof MetadataResponse ? response : null;
        WireWriter writer = new WireWriter();
        try {
            response.write(writer, ApiSupport.answerVersion(context.apiKey(), context.apiVersion()));
            tally.answered(writer.sizeInBytes());
        } catch (UnsupportedFieldException inexpressible) {
            tally.inexpressible++;
        }
        if (response instanceof FetchResponse fetched) {
            fetched.responses()
                    .forEach(topic -> topic.partitions().forEach(partition -> {
                        if (partition.records() instanceof FetchedSlice slice) {
                            slice.release();
                        }
                    }));
        }
    }
}
