package io.meridian.simulator.client;

import io.meridian.base.Uuid;
import io.meridian.protocol.message.FetchRequest;
import io.meridian.protocol.message.FetchRequest.FetchPartition;
import io.meridian.protocol.message.FetchRequest.FetchTopic;
import io.meridian.protocol.message.FetchRequest.ForgottenTopic;
import io.meridian.protocol.message.FetchResponse;
import io.meridian.protocol.message.FetchResponse.FetchableTopicResponse;
import io.meridian.protocol.message.FetchResponse.PartitionData;
import io.meridian.simulator.checker.PartitionHistory;
import io.meridian.simulator.checker.TopicHistory;
import io.meridian.simulator.checker.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A consumer that reads a changing choice of partitions from random offsets on, with or without a fetch session.
public final class ConsumerClient extends ModelClient {
    private static final int[] VERSIONS = {4, 5, 7, 10, 11, 12, 13, 15, 16, 17};
    private static final int FIRST_VERSION_WITH_SESSIONS = 7;
    private static final int FIRST_VERSION_WITH_TOPIC_IDS = 13;
    private static final int FIRST_VERSION_WITH_EPOCHS = 9;
    private static final int NEW_CHOICE_PERCENT = 5;
    private static final int SEEK_PERCENT = 4;

    private final ConsumerStyle style;
    private final int version;
    private final FetchedRange range = new FetchedRange();
    private final List<Assigned> assigned = new ArrayList<>();
    private final List<Assigned> inSession = new ArrayList<>();
    private int sessionId;
    private int sessionEpoch;

    /// @param waitMsMax most a fetch waits
    /// @param bytesMax bound of the reply sizes asked for
    /// @param pauseNs bound of the pause between two fetches
    public record ConsumerStyle(boolean usesSessions, int waitMsMax, int bytesMax, long pauseNs, int partitionsMax) {}

    /// One partition and how far it was read.
    private static final class Assigned {
        final TopicHistory topic;
        final int partition;
        long position;
        boolean isOutOfRangeOnPurpose;
        int epochSent = -1;
        int maxBytes;
        /// Position that the session knows; -1 when it does not know the partition.
        long sentPosition = -1;
        long requiredEndOffset;
        long startKnown;
        long highWatermark;

        Assigned(TopicHistory topic, int partition) {
            this.topic = topic;
            this.partition = partition;
        }

        PartitionHistory history() {
            return topic.partitions().get(partition);
        }
    }

    public ConsumerClient(int number, ConsumerStyle style, ClientContext context) {
        super("consumer-" + number, context);
        this.style = style;
        this.version = VERSIONS[context.random().nextInt(VERSIONS.length)];
    }

    @Override
    void onConnected() {
        for (Assigned each : assigned) {
            each.highWatermark = 0;
        }
        sessionEpoch = 0;
        inSession.clear();
        fetchLater();
    }

    @Override
    void onDisconnected() {}

    private boolean usesSession() {
        return style.usesSessions() && version >= FIRST_VERSION_WITH_SESSIONS;
    }

    private void fetchLater() {
        later(1 + random().nextLong(style.pauseNs()), this::fetch);
    }

    private void fetch() {
        if (assigned.isEmpty() || random().chance(NEW_CHOICE_PERCENT)) {
            chooseAgain();
        }
        if (assigned.isEmpty()) {
            later(20 * MILLI_NS, this::fetch);
            return;
        }
        int maxBytes = 1 + random().nextInt(style.bytesMax());
        List<Assigned> asked = new ArrayList<>();
        List<Assigned> listed = new ArrayList<>();
        for (Assigned each : assigned) {
            prepare(each);
            asked.add(each);
            if (!usesSession() || sessionEpoch == 0 || each.sentPosition != each.position) {
                listed.add(each);
            }
            each.sentPosition = each.position;
        }
        List<ForgottenTopic> forgotten = forgotten();
        FetchRequest request = new FetchRequest(
                null,
                -1,
                FetchRequest.ReplicaState.DEFAULT,
                random().nextInt(style.waitMsMax() + 1),
                random().nextInt(3) * random().nextInt(1 + style.bytesMax() / 2),
                maxBytes,
                (byte) random().nextInt(2),
                usesSession() ? sessionId : 0,
                usesSession() ? sessionEpoch : -1,
                topicsOf(listed),
                forgotten,
                "");
        inSession.clear();
        inSession.addAll(assigned);
        send(request, version, null, FetchResponse.class, reply -> onReply(reply, asked, maxBytes));
    }

    private void prepare(Assigned each) {
        PartitionHistory history = each.history();
        each.requiredEndOffset = history.readableEndOffset();
        each.startKnown = history.logStartOffset();
        each.isOutOfRangeOnPurpose = false;
        if (random().chance(SEEK_PERCENT)) {
            each.position = random().nextLong(each.requiredEndOffset + 1);
        } else if (random().nextInt(100) == 0 && !usesSession()) {
            each.position = each.requiredEndOffset + 1_000_000;
            each.isOutOfRangeOnPurpose = true;
        }
        each.maxBytes = 1 + random().nextInt(style.bytesMax());
        boolean tellsEpoch = version >= FIRST_VERSION_WITH_EPOCHS && !usesSession() && random().nextBoolean();
        each.epochSent = tellsEpoch ? history.leaderEpoch() : -1;
    }

    private void chooseAgain() {
        List<TopicHistory> topics = history().liveTopics();
        assigned.clear();
        int wanted = 1 + random().nextInt(style.partitionsMax());
        for (int i = 0; i < wanted && !topics.isEmpty(); i++) {
            TopicHistory topic = topics.get(random().nextInt(topics.size()));
            if (topic.isTemporary() && namesTopics()) {
                continue;
            }
            Assigned each =
                    new Assigned(topic, random().nextInt(topic.partitions().size()));
            if (assigned.stream().noneMatch(other -> other.history() == each.history())) {
                assigned.add(each);
                Assigned known = find(inSession, topic, each.partition);
                each.sentPosition = known == null ? -1 : known.sentPosition;
                each.position = random().nextLong(each.history().readableEndOffset() + 1);
            }
        }
    }

    private List<ForgottenTopic> forgotten() {
        if (!usesSession() || sessionEpoch == 0) {
            return List.of();
        }
        Map<TopicHistory, List<Integer>> byTopic = new LinkedHashMap<>();
        for (Assigned each : inSession) {
            if (find(assigned, each.topic, each.partition) == null) {
                byTopic.computeIfAbsent(each.topic, topic -> new ArrayList<>()).add(each.partition);
            }
        }
        List<ForgottenTopic> forgotten = new ArrayList<>();
        byTopic.forEach((topic, partitions) -> forgotten.add(
                namesTopics()
                        ? new ForgottenTopic(topic.name(), Uuid.ZERO, partitions)
                        : new ForgottenTopic("", topic.id(), partitions)));
        return forgotten;
    }

    private boolean namesTopics() {
        return version < FIRST_VERSION_WITH_TOPIC_IDS;
    }

    private static @Nullable Assigned find(List<Assigned> among, TopicHistory topic, int partition) {
        for (Assigned each : among) {
            if (each.topic == topic && each.partition == partition) {
                return each;
            }
        }
        return null;
    }

    private List<FetchTopic> topicsOf(List<Assigned> listed) {
        Map<TopicHistory, List<FetchPartition>> byTopic = new LinkedHashMap<>();
        for (Assigned each : listed) {
            FetchPartition partition = FetchPartition.DEFAULT
                    .withPartition(each.partition)
                    .withFetchOffset(each.position)
                    .withCurrentLeaderEpoch(each.epochSent)
                    .withPartitionMaxBytes(each.maxBytes);
            byTopic.computeIfAbsent(each.topic, topic -> new ArrayList<>()).add(partition);
        }
        List<FetchTopic> topics = new ArrayList<>();
        byTopic.forEach((topic, partitions) -> topics.add(
                namesTopics()
                        ? new FetchTopic(topic.name(), Uuid.ZERO, partitions)
                        : new FetchTopic("", topic.id(), partitions)));
        return topics;
    }

    private void onReply(FetchResponse reply, List<Assigned> asked, int maxBytes) {
        trace().mix(reply.errorCode(), reply.sessionId(), reply.responses().size());
        if (reply.errorCode() != Errors.NONE) {
            Violation.unless(
                    usesSession()
                            && (reply.errorCode() == Errors.FETCH_SESSION_ID_NOT_FOUND
                                    || reply.errorCode() == Errors.INVALID_FETCH_SESSION_EPOCH),
                    "a fetch answered " + reply.errorCode());
            forgetSession(reply.errorCode() == Errors.FETCH_SESSION_ID_NOT_FOUND);
            fetchLater();
            return;
        }
        if (usesSession()) {
            sessionId = reply.sessionId();
            sessionEpoch = sessionId == 0 ? 0 : sessionEpoch == Integer.MAX_VALUE ? 1 : sessionEpoch + 1;
        }
        long total = 0;
        long allowed = maxBytes;
        boolean isFirst = true;
        boolean anyError = false;
        for (FetchableTopicResponse topic : reply.responses()) {
            for (PartitionData data : topic.partitions()) {
                Assigned each = answered(asked, topic, data.partitionIndex());
                if (data.errorCode() != Errors.NONE) {
                    anyError = true;
                    onError(each, data);
                    continue;
                }
                take(each, data);
                if (range.sizeBytes() > 0) {
                    long bound = Math.max(each.maxBytes, range.firstBatchBytes());
                    Violation.unless(
                            usesSession() || range.sizeBytes() <= bound,
                            each.history() + ": " + range.sizeBytes() + " bytes, of which the first batch has "
                                    + range.firstBatchBytes() + ", for a bound of " + bound);
                    allowed = isFirst ? Math.max(allowed, range.firstBatchBytes()) : allowed;
                    total += range.sizeBytes();
                    isFirst = false;
                }
            }
        }
        Violation.unless(total <= allowed, "a fetch of " + total + " bytes for a bound of " + allowed);
        if (anyError) {
            later(20 * MILLI_NS, this::fetch);
        } else {
            fetchLater();
        }
    }

    private Assigned answered(List<Assigned> asked, FetchableTopicResponse topic, int partition) {
        for (Assigned each : asked) {
            boolean isTopic = namesTopics()
                    ? each.topic.name().equals(topic.topic())
                    : each.topic.id().equals(topic.topicId());
            if (isTopic && each.partition == partition) {
                return each;
            }
        }
        throw new Violation("a fetch was answered for a partition nobody asked about: " + topic);
    }

    private void take(Assigned each, PartitionData data) {
        PartitionHistory history = each.history();
        trace().mix(history.number(), data.highWatermark(), each.position);
        if (data.highWatermark() >= 0) {
            checkProgress(each, data);
        }
        Violation.unless(!each.isOutOfRangeOnPurpose, history + ": a fetch from " + each.position + " was not refused");
        range.take(history, data, each.position, each.startKnown, batch -> {});
        each.position = range.nextOffset();
    }

    private static void checkProgress(Assigned each, PartitionData data) {
        Violation.unless(
                data.highWatermark() >= each.highWatermark || each.history().isDamaged(),
                each.history() + ": high watermark " + data.highWatermark() + " after " + each.highWatermark);
        each.highWatermark = data.highWatermark();
        Violation.unless(
                data.highWatermark() >= each.requiredEndOffset || each.history().isDamaged(),
                each.history() + ": high watermark " + data.highWatermark() + " in a fetch sent after offset "
                        + (each.requiredEndOffset - 1) + " was acknowledged or read");
    }

    private void onError(Assigned each, PartitionData data) {
        short error = data.errorCode();
        PartitionHistory history = each.history();
        trace().mix(history.number(), error, 0);
        if (error == Errors.OFFSET_OUT_OF_RANGE) {
            Violation.unless(
                    each.isOutOfRangeOnPurpose
                            || history.isDamaged()
                            || each.position > each.requiredEndOffset
                            || each.position < data.logStartOffset(),
                    history + ": offset " + each.position + " is out of range, below the acknowledged end "
                            + each.requiredEndOffset);
            history.checkLogStart(data.logStartOffset(), each.startKnown);
            long start = history.logStartOffset();
            each.position = start + random().nextLong(history.readableEndOffset() - start + 1);
        } else if (error == Errors.FENCED_LEADER_EPOCH || error == Errors.UNKNOWN_LEADER_EPOCH) {
            Violation.unless(
                    each.epochSent >= 0 && (each.epochSent != history.leaderEpoch() || !history.isLeaderEpochKnown()),
                    history + ": epoch " + each.epochSent + " was refused with " + error);
        } else if (Errors.isUnknownTopic(error)) {
            assigned.remove(each);
        } else {
            Violation.unless(
                    Errors.isRetriable(error) || (history.isDamaged() && Errors.isDamage(error)),
                    history + ": a fetch from " + each.position + " answered " + error);
        }
        each.sentPosition = -1;
    }

    private void forgetSession(boolean isUnknown) {
        sessionEpoch = 0;
        if (isUnknown) {
            sessionId = 0;
        }
        inSession.clear();
    }
}
