package io.meridian.engine.node;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.base.SeededRandom;
import io.meridian.base.Uuid;
import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.handler.ControllerMessage;
import io.meridian.engine.metadata.Controller;
import io.meridian.engine.metadata.ControllerCommand;
import io.meridian.engine.metadata.ControllerReply;
import io.meridian.engine.metadata.Decision;
import io.meridian.engine.metadata.ImageRecords;
import io.meridian.engine.metadata.MetadataLog;
import io.meridian.engine.metadata.MetadataRecord;
import io.meridian.engine.metadata.image.MetadataDelta;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.replication.NodeBus;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Drives the metadata state machine on the controller's node: commands in, one entry of decided records at a time
/// out, committed batches applied, published to every node, and only then answered.
///
/// Commands that arrive while an entry is on its way are decided together when it is committed, against the image
/// that it leaves behind, so a burst costs two syncs and not one each.
final class ControllerLoop implements MetadataLog.Listener {
    /// A command and whoever asked for it; nobody for the broker's own start.
    private record Asked(ControllerCommand command, int originNode, long questionId) {
        private static final int NOBODY = -1;
    }

    private record Decided(Asked asked, ControllerReply reply) {}

    private final Controller controller;
    private final SeededRandom random;
    private final NodeBus bus;
    private final Effects effects;
    private final int nodeCount;
    private final BeforeServing beforeServing;
    private final ControllerCommand.StartBroker start;
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private final List<Decided> onTheirWay = new ArrayList<>();
    private @Nullable MetadataLog log;
    private MetadataImage image = MetadataImage.EMPTY;
    private final SortedMap<Uuid, String> removedTopics = new TreeMap<>();
    private boolean serving;
    private int term;
    private Now latest = new Now(0L, 0L);

    /// What has to be done once the metadata is known and before anybody hears of it.
    interface BeforeServing {
        /// @param removedTopics ids and names of topics whose removal is committed
        void run(MetadataImage image, SortedMap<Uuid, String> removedTopics, Runnable then);
    }

    ControllerLoop(
            Controller controller,
            SeededRandom random,
            NodeBus bus,
            Effects effects,
            int nodeCount,
            BeforeServing beforeServing,
            ControllerCommand.StartBroker start) {
        this.controller = controller;
        this.random = random;
        this.bus = bus;
        this.effects = effects;
        this.nodeCount = nodeCount;
        this.beforeServing = beforeServing;
        this.start = start;
    }

    void start(MetadataLog newLog, Now now) {
        latest = now;
        log = newLog;
        newLog.start(this);
    }

    MetadataImage image() {
        return image;
    }

    void onQuestion(ControllerMessage.Question question, Now now) {
        latest = now;
        waiting.add(new Asked(question.command(), question.originNode(), question.questionId()));
        decide();
    }

    /// From here on nothing is decided; what is on its way is still committed.
    void stop() {
        term = 0;
        waiting.clear();
    }

    /// The time that decisions are made at: that of the event in work.
    void at(Now now) {
        latest = now;
    }

    private void decide() {
        if (log == null || !onTheirWay.isEmpty() || term == 0 || waiting.isEmpty()) {
            return;
        }
        MetadataImage working = image;
        List<MetadataRecord> records = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Asked asked = waiting.removeFirst();
            Decision decision = controller.decide(working, asked.command(), latest, random);
            onTheirWay.add(new Decided(asked, decision.reply()));
            records.addAll(decision.records());
            working = Controller.apply(
                            working,
                            decision.records(),
                            working.metadataOffset() + decision.records().size())
                    .after();
        }
        if (records.isEmpty()) {
            answer();
        } else {
            log.propose(term, image.metadataOffset(), records, latest);
        }
    }

    private void answer() {
        List<Decided> answered = List.copyOf(onTheirWay);
        onTheirWay.clear();
        for (Decided decided : answered) {
            if (decided.asked().originNode() == Asked.NOBODY) {
                started(decided.reply());
            } else {
                bus.send(
                        decided.asked().originNode(),
                        new ControllerMessage.Answer(decided.asked().questionId(), decided.reply()));
            }
        }
        decide();
    }

    private void started(ControllerReply reply) {
        if (!(reply instanceof ControllerReply.BrokerStarted(Outcome<ControllerReply.Registration> outcome))) {
            throw Invariant.unreachable("the start was answered something else");
        }
        switch (outcome) {
            case Outcome.Rejected<ControllerReply.Registration>(ErrorCode error, String detail) ->
                failed("the start was refused with " + error + ": " + detail);
            case Outcome.Accepted<ControllerReply.Registration>(ControllerReply.Registration registration) -> {
                if (!registration.clusterId().equals(start.clusterIdIfNew())) {
                    failed("the metadata log belongs to cluster " + registration.clusterId() + ", meta.properties says "
                            + start.clusterIdIfNew());
                    return;
                }
                beforeServing.run(image, new TreeMap<>(removedTopics), this::serve);
            }
        }
    }

    private void serve() {
        serving = true;
        publish(Controller.apply(MetadataImage.EMPTY, ImageRecords.of(image), image.metadataOffset()));
    }

    private void publish(MetadataDelta delta) {
        for (int node = 0; node < nodeCount; node++) {
            bus.send(node, new LifecycleMessage.MetadataPublished(delta));
        }
    }

    @Override
    public void snapshotLoaded(MetadataLog.Snapshot snapshot) {
        image = Controller.apply(MetadataImage.EMPTY, snapshot.records(), snapshot.lastOffset())
                .after();
    }

    @Override
    public void committed(long lastOffset, int committedTerm, List<MetadataRecord> batch) {
        MetadataDelta delta = Controller.apply(image, batch, lastOffset);
        image = delta.after();
        for (TopicImage removed : delta.deletedTopics()) {
            removedTopics.put(removed.topicId(), removed.name());
        }
        if (serving) {
            publish(delta);
        }
        if (committedTerm == term) {
            answer();
        }
    }

    @Override
    public void active(int newTerm) {
        term = newTerm;
        waiting.addFirst(new Asked(start, Asked.NOBODY, 0L));
        decide();
    }

    @Override
    public void inactive() {
        term = 0;
    }

    @Override
    public void dropped(int droppedTerm, long baseOffset) {
        failed("the metadata log dropped an entry at base " + baseOffset + " in term " + droppedTerm);
    }

    @Override
    public void snapshotDue(long bytesSinceSnapshot) {
        Invariant.present(log, "a snapshot is due before the start")
                .snapshotTaken(new MetadataLog.Snapshot(image.metadataOffset(), term, ImageRecords.of(image)));
    }

    @Override
    public void failed(String reason) {
        effects.add(new Effect.StopProcess(reason));
    }
}
