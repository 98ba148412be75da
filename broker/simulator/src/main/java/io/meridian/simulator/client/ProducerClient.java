package io.meridian.simulator.client;

import io.meridian.base.Uuid;
import io.meridian.protocol.message.InitProducerIdRequest;
import io.meridian.protocol.message.InitProducerIdResponse;
import io.meridian.protocol.message.ProduceRequest;
import io.meridian.protocol.message.ProduceRequest.PartitionProduceData;
import io.meridian.protocol.message.ProduceRequest.TopicProduceData;
import io.meridian.protocol.message.ProduceResponse;
import io.meridian.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.meridian.protocol.message.ProduceResponse.TopicProduceResponse;
import io.meridian.simulator.batch.BatchWriter;
import io.meridian.simulator.checker.TopicHistory;
import io.meridian.simulator.checker.Violation;
import io.meridian.simulator.client.ProducerStream.Batch;
import io.meridian.simulator.world.FrameMemory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A producer that keeps up to five requests in flight and, after a disconnection or a retriable error, sends
/// everything unacknowledged again, in order and under the same sequences.
public final class ProducerClient extends ModelClient {
    private static final int REQUESTS_IN_FLIGHT_MAX = 5;
    private static final int[] VERSIONS = {3, 5, 7, 8, 9, 10, 11, 12, 13};
    private static final int FIRST_VERSION_WITH_TOPIC_IDS = 13;

    private final int number;
    private final ProducerStyle style;
    private final List<ProducerStream> streams = new ArrayList<>();
    private final BatchWriter writer = new BatchWriter();
    private long producerId = -1;
    private short producerEpoch = -1;
    private boolean isAskingForId;
    private boolean needsNewId;
    private boolean pumpIsDue;
    private int requestsInFlight;

    /// What kind of producer it is.
    ///
    /// @param acks -1, 0 or 1
    /// @param recordsMax most records of a batch
    /// @param paddingMax most bytes added to a value
    /// @param partitionsMax most partitions of a request
    /// @param lingerNs bound of the pause before it sends more
    public record ProducerStyle(
            boolean isIdempotent, int acks, int recordsMax, int paddingMax, int partitionsMax, long lingerNs) {}

    /// @param number unique among the producers of the run
    public ProducerClient(int number, ProducerStyle style, ClientContext context) {
        super("producer-" + number, context);
        this.number = number;
        this.style = style;
        this.needsNewId = style.isIdempotent();
    }

    /// Gives it `records` records to write to each partition of `topic`.
    public void addTopic(TopicHistory topic, int records) {
        for (int partition = 0; partition < topic.partitions().size(); partition++) {
            streams.add(new ProducerStream(number, topic, partition, records));
        }
        pumpLater(0);
    }

    /// Whether every record was acknowledged or had to be given up.
    public boolean isDone() {
        return streams.stream().allMatch(ProducerStream::isDone);
    }

    /// What is left, for messages.
    public String describeRest() {
        StringBuilder rest = new StringBuilder(name() + (isConnected() ? "" : " (not connected)"));
        streams.stream()
                .filter(stream -> !stream.isDone())
                .forEach(stream -> rest.append(' ').append(stream));
        return rest.toString();
    }

    @Override
    void onConnected() {
        requestsInFlight = 0;
        isAskingForId = false;
        pump();
    }

    @Override
    void onDisconnected() {
        requestsInFlight = 0;
        isAskingForId = false;
        streams.forEach(ProducerStream::onDisconnected);
    }

    private void pumpLater(long delayNs) {
        if (!pumpIsDue && isConnected()) {
            pumpIsDue = true;
            queue().after(delayNs + random().nextLong(style.lingerNs() + 1), () -> {
                pumpIsDue = false;
                pump();
            });
        }
    }

    private void pump() {
        if (!isConnected() || isStopped()) {
            return;
        }
        if (needsNewId && streams.stream().noneMatch(ProducerStream::mustKeepId)) {
            askForId();
            return;
        }
        while (requestsInFlight < REQUESTS_IN_FLIGHT_MAX
                && (sendSome(VERSIONS[random().nextInt(VERSIONS.length)]) || sendSome(FIRST_VERSION_WITH_TOPIC_IDS))) {}
    }

    private void askForId() {
        if (isAskingForId || requestsInFlight > 0) {
            return;
        }
        isAskingForId = true;
        InitProducerIdRequest request = new InitProducerIdRequest(null, 60_000, -1L, (short) -1, false, false);
        send(request, random().nextInt(0, 6), null, InitProducerIdResponse.class, reply -> {
            isAskingForId = false;
            if (reply.errorCode() == Errors.NONE) {
                history().producerIdGiven(reply.producerId());
                trace().mix(reply.producerId());
                producerId = reply.producerId();
                producerEpoch = reply.producerEpoch();
                needsNewId = false;
                streams.forEach(ProducerStream::startOver);
            } else {
                Violation.unless(Errors.isRetriable(reply.errorCode()), "InitProducerId answered " + reply.errorCode());
            }
            pumpLater(reply.errorCode() == Errors.NONE ? 0 : 50 * MILLI_NS);
        });
    }

    private boolean sendSome(int version) {
        List<Batch> batches = new ArrayList<>();
        int first = random().nextInt(streams.size() + 1);
        int wanted = 1 + random().nextInt(style.partitionsMax());
        for (int i = 0; i < streams.size() && batches.size() < wanted; i++) {
            ProducerStream stream = streams.get((first + i) % streams.size());
            if (stream.topic().isTemporary() && version < FIRST_VERSION_WITH_TOPIC_IDS) {
                continue;
            }
            if (needsNewId && !stream.mustKeepId()) {
                continue;
            }
            Batch batch = stream.nextToSend(queue().nowNs(), !needsNewId, this::newBatch);
            if (batch != null) {
                batches.add(batch);
            }
        }
        if (batches.isEmpty()) {
            return false;
        }
        int size = 0;
        for (Batch batch : batches) {
            size += batch.bytes().length;
        }
        FrameMemory.Frame frame = broker().frames().take(size);
        Map<TopicHistory, List<PartitionProduceData>> byTopic = new LinkedHashMap<>();
        for (Batch batch : batches) {
            batch.sent();
            byTopic.computeIfAbsent(batch.stream().topic(), topic -> new ArrayList<>())
                    .add(new PartitionProduceData(batch.stream().partition(), frame.add(batch.bytes())));
        }
        List<TopicProduceData> topics = new ArrayList<>();
        byTopic.forEach((topic, data) -> topics.add(
                version < FIRST_VERSION_WITH_TOPIC_IDS
                        ? new TopicProduceData(topic.name(), Uuid.ZERO, data)
                        : new TopicProduceData("", topic.id(), data)));
        ProduceRequest request = new ProduceRequest(null, (short) style.acks(), 10_000, topics);
        if (style.acks() == 0) {
            send(request, version, frame, ProduceResponse.class, reply -> {
                throw new Violation("a reply to acks=0: " + reply);
            });
            batches.forEach(batch -> batch.stream().acknowledged(batch));
            pumpLater(MILLI_NS);
            return false;
        }
        requestsInFlight++;
        send(request, version, frame, ProduceResponse.class, reply -> onReply(batches, reply, version));
        return true;
    }

    private byte[] newBatch(long firstId, int count, int sequence) {
        return writer.write(
                firstId,
                count,
                random().nextInt(style.paddingMax() + 1),
                1_700_000_000_000L + queue().nowNs() / MILLI_NS,
                style.isIdempotent() ? producerId : -1,
                style.isIdempotent() ? producerEpoch : -1,
                style.isIdempotent() ? sequence : -1);
    }

    private void onReply(List<Batch> batches, ProduceResponse reply, int version) {
        requestsInFlight--;
        int answered = 0;
        for (TopicProduceResponse topic : reply.responses()) {
            for (PartitionProduceResponse partition : topic.partitionResponses()) {
                Batch batch = find(batches, topic, partition.index(), version);
                onResult(batch, partition);
                answered++;
            }
        }
        Violation.unless(
                answered == batches.size(),
                "a produce of " + batches.size() + " partitions was answered for " + answered);
        pumpLater(0);
    }

    private static Batch find(List<Batch> batches, TopicProduceResponse topic, int index, int version) {
        for (Batch batch : batches) {
            TopicHistory wanted = batch.stream().topic();
            boolean isTopic = version < FIRST_VERSION_WITH_TOPIC_IDS
                    ? wanted.name().equals(topic.name())
                    : wanted.id().equals(topic.topicId());
            if (isTopic && batch.stream().partition() == index) {
                return batch;
            }
        }
        throw new Violation("an answer for a partition nobody asked about: " + topic);
    }

    private void onResult(Batch batch, PartitionProduceResponse result) {
        ProducerStream stream = batch.stream();
        short error = result.errorCode();
        trace().mix(stream.history().number(), error, result.baseOffset());
        if (error == Errors.NONE) {
            stream.history().acknowledged(batch.firstId(), batch.count(), result.baseOffset(), style.acks() == -1);
            stream.acknowledged(batch);
        } else if (error == Errors.DUPLICATE_SEQUENCE_NUMBER) {
            stream.acknowledged(batch);
        } else if (stream.history().isDamaged()
                || (Errors.isUnknownTopic(error) && stream.topic().isDeletionAsked())) {
            stream.giveUp();
        } else if (error == Errors.OUT_OF_ORDER_SEQUENCE_NUMBER && style.isIdempotent()) {
            onOutOfOrder(batch);
        } else {
            Violation.unless(
                    Errors.isRetriable(error) || Errors.isUnknownTopic(error),
                    "produce to " + stream.history() + " answered " + error + " " + result.errorMessage());
            retryLater(batch);
        }
    }

    private void onOutOfOrder(Batch batch) {
        ProducerStream stream = batch.stream();
        if (stream.isFirstUnacknowledged(batch)) {
            Violation.unless(
                    stream.history().mayHaveLostAcknowledged(),
                    "the next sequence of " + stream + " was refused as out of order");
            needsNewId = true;
        }
        retryLater(batch);
    }

    private void retryLater(Batch batch) {
        long backoffNs = (5 + random().nextLong(60)) * MILLI_NS;
        batch.retryFrom(queue().nowNs() + backoffNs);
        queue().after(backoffNs + 1, this::pump);
    }
}
