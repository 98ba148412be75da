package io.meridian.engine.testing;

import com.sun.management.ThreadMXBean;
import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.NodeMessage;
import io.meridian.engine.effect.StartReport;
import io.meridian.engine.node.BrokerNode;
import io.meridian.engine.node.DataDirectory;
import io.meridian.engine.node.NodeSetup;
import io.meridian.engine.replication.NodeLayout;
import io.meridian.engine.security.Authorizer;
import io.meridian.log.storage.FetchedSlice;
import io.meridian.log.storage.StorageFault;
import io.meridian.log.storage.StorageJob;
import io.meridian.log.testing.MemorySlice;
import io.meridian.log.testing.MemoryStorage;
import io.meridian.protocol.message.CreateTopicsRequest;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.meridian.protocol.message.CreateTopicsRequest.CreatableTopicConfig;
import io.meridian.protocol.message.CreateTopicsResponse;
import io.meridian.protocol.wire.RequestMessage;
import io.meridian.settings.BrokerConfig;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Some nodes on one memory storage, run to the end after each call. Storage jobs run at once unless they are held.
public final class TestBroker {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Delivery(int node, NodeMessage message) {}

    private final MemoryStorage storage;
    private final BrokerConfig config;
    private final List<BrokerNode> nodes = new ArrayList<>();
    private final Deque<Delivery> messages = new ArrayDeque<>();
    private final Deque<Delivered> jobs = new ArrayDeque<>();
    private final Deque<Delivered> held = new ArrayDeque<>();
    private StorageJob.@Nullable Lane heldLane;
    private @Nullable StartReport ready;
    private @Nullable String stopReason;
    private final List<Effect.SpaceChanged> spaceChanges = new ArrayList<>();
    private Effect.@Nullable LimitConnections connectionLimits;
    private boolean stopped;
    private long bytesAllocatedByJobs;
    private long elapsedNs = 1_000_000L;

    private record Delivered(int node, StorageJob job) {}

    private TestBroker(MemoryStorage storage, int nodeCount, Map<String, String> settings, Authorizer authorizer) {
        this.storage = storage;
        this.config = config(settings);
        SeededRandom random = new SeededRandom(42);
        DataDirectory directory = directory(storage, config, random);
        for (int index = 0; index < nodeCount; index++) {
            nodes.add(new BrokerNode(new NodeSetup(
                    config,
                    new NodeLayout(index, nodeCount),
                    storage,
                    directory,
                    "localhost",
                    9092,
                    authorizer,
                    64L << 20,
                    random.split())));
        }
        for (int index = 0; index < nodeCount; index++) {
            nodes.get(index).start(now());
            execute(index);
        }
        settle();
    }

    public static TestBroker start(int nodeCount) {
        return start(new MemoryStorage(), nodeCount, Map.of());
    }

    public static TestBroker start(MemoryStorage storage, int nodeCount, Map<String, String> settings) {
        return new TestBroker(storage, nodeCount, settings, Authorizer.ALLOW_ALL);
    }

    public static TestBroker start(int nodeCount, Authorizer authorizer) {
        return new TestBroker(new MemoryStorage(), nodeCount, Map.of(), authorizer);
    }

    private static BrokerConfig config(Map<String, String> settings) {
        if (BrokerConfig.read(new TreeMap<>(settings)) instanceof BrokerConfig.Read.Config(BrokerConfig read)) {
            return read;
        }
        throw new AssertionError("settings are refused: " + settings);
    }

    private static DataDirectory directory(MemoryStorage storage, BrokerConfig config, SeededRandom random) {
        try {
            DataDirectory.Result result = DataDirectory.open(storage, config.nodeId(), config.clusterId(), random);
            if (result instanceof DataDirectory.Result.Opened(DataDirectory directory)) {
                return directory;
            }
            throw new AssertionError("the directory is refused: " + result);
        } catch (StorageFault fault) {
            throw new AssertionError(fault);
        }
    }

    public Now now() {
        return new Now(1_700_000_000_000L + elapsedNs / Now.NANOS_PER_MILLI, elapsedNs);
    }

    public MemoryStorage storage() {
        return storage;
    }

    /// What the broker reported when it was ready; fails when it is not.
    public StartReport ready() {
        if (ready == null) {
            throw new AssertionError("not ready; stop demanded: " + stopReason);
        }
        return ready;
    }

    public @Nullable String stopReason() {
        return stopReason;
    }

    /// What operators were told about the room on the volume.
    public List<Effect.SpaceChanged> spaceChanges() {
        return spaceChanges;
    }

    /// What the broker last said about connections; null before it said anything.
    public Effect.@Nullable LimitConnections connectionLimits() {
        return connectionLimits;
    }

    /// What storage jobs have allocated so far: the memory storage copies whole files, which no budget is about.
    public long bytesAllocatedByJobs() {
        return bytesAllocatedByJobs;
    }

    public boolean isStopped() {
        return stopped;
    }

    public BrokerNode node(int index) {
        return nodes.get(index);
    }

    /// Jobs of this lane wait from now on.
    public void hold(StorageJob.Lane lane) {
        heldLane = lane;
    }

    /// Runs the jobs that wait, and later ones at once.
    public void letGo() {
        heldLane = null;
        jobs.addAll(held);
        held.clear();
        settle();
    }

    /// Sends a request to a node and handles everything that follows at this moment.
    public TestRequest send(int node, RequestMessage request, int version) {
        TestRequest context = new TestRequest(request.apiKey(), version);
        nodes.get(node).onRequest(context, request, now());
        execute(node);
        settle();
        return context;
    }

    public TestRequest send(RequestMessage request, int version) {
        return send(0, request, version);
    }

    /// Moves the clock and lets what is due happen.
    public void pass(long durationMs) {
        long endNs = elapsedNs + durationMs * Now.NANOS_PER_MILLI;
        while (true) {
            long next = endNs;
            for (BrokerNode node : nodes) {
                next = Math.min(next, node.nextDeadlineNs());
            }
            elapsedNs = Math.max(elapsedNs, next);
            for (int index = 0; index < nodes.size(); index++) {
                if (nodes.get(index).nextDeadlineNs() <= elapsedNs) {
                    nodes.get(index).tick(now());
                    execute(index);
                }
            }
            settle();
            if (elapsedNs >= endNs) {
                return;
            }
        }
    }

    public void stop() {
        for (int index = 0; index < nodes.size(); index++) {
            nodes.get(index).stop(now());
            execute(index);
        }
        settle();
    }

    public void createTopic(String name, int partitions, Map<String, String> configs) {
        CreatableTopic topic = CreatableTopic.DEFAULT
                .withName(name)
                .withNumPartitions(partitions)
                .withReplicationFactor((short) 1)
                .withConfigs(configs.entrySet().stream()
                        .map(entry -> new CreatableTopicConfig(entry.getKey(), entry.getValue()))
                        .toList());
        CreateTopicsResponse response =
                send(CreateTopicsRequest.DEFAULT.withTopics(List.of(topic)), 7).response(CreateTopicsResponse.class);
        if (response.topics().getFirst().errorCode() != 0) {
            throw new AssertionError("topic not created: " + response);
        }
    }

    /// The bytes of a slice, which is released.
    public static ByteBuffer bytesOf(FetchedSlice slice) {
        ByteBuffer bytes = ((MemorySlice) slice).bytes();
        slice.release();
        return bytes;
    }

    private void settle() {
        boolean busy = true;
        while (busy) {
            while (!messages.isEmpty() || !jobs.isEmpty()) {
                deliverOne();
            }
            busy = false;
            for (int index = 0; index < nodes.size(); index++) {
                nodes.get(index).endTurn(now());
                busy |= !nodes.get(index).effects().isEmpty();
                execute(index);
            }
        }
    }

    private void deliverOne() {
        Delivery delivery = messages.poll();
        if (delivery != null) {
            nodes.get(delivery.node()).onNodeMessage(delivery.message(), now());
            execute(delivery.node());
            return;
        }
        Delivered job = jobs.remove();
        if (job.job().lane() == heldLane) {
            held.add(job);
        } else {
            run(job.node(), job.job());
            execute(job.node());
        }
    }

    private void execute(int index) {
        BrokerNode node = nodes.get(index);
        Effect effect = node.effects().poll();
        while (effect != null) {
            switch (effect) {
                case Effect.Reply(var context, var response) -> ((TestRequest) context).answered(response);
                case Effect.NoReply(var context) -> ((TestRequest) context).answered(null);
                case Effect.CloseConnection(var context, String reason) -> ((TestRequest) context).closed(reason);
                case Effect.Store(StorageJob job) -> {
                    if (job.lane() == StorageJob.Lane.LOOP) {
                        run(index, job);
                    } else {
                        jobs.add(new Delivered(index, job));
                    }
                }
                case Effect.ToNode(int target, NodeMessage message) -> messages.add(new Delivery(target, message));
                case Effect.Ready(StartReport report) -> ready = report;
                case Effect.Stopped() -> stopped = true;
                case Effect.SpaceChanged change -> spaceChanges.add(change);
                case Effect.LimitConnections limits -> connectionLimits = limits;
                case Effect.StopProcess(String reason) -> stopReason = reason;
            }
            effect = node.effects().poll();
        }
    }

    private void run(int index, StorageJob job) {
        StorageFault fault = null;
        long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
        try {
            job.run();
        } catch (StorageFault thrown) {
            fault = thrown;
        }
        bytesAllocatedByJobs += THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
        nodes.get(index).onStorageDone(job, fault, now());
    }
}
