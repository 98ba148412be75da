package io.meridian.engine.replication;

import io.meridian.engine.replication.PartitionMessage.AwaitServing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Requests that are answered when partitions of this node serve. Each waits for the metadata that names them, then
/// for every partition that is being opened; nothing is looked at twice.
///
/// Bounded by the requests that connections may have in work. One that its asker has given up is kept until its
/// partitions are open, and its answer is then ignored.
final class ServingWaits {
    private static final class Opening {
        private final AwaitServing request;
        private int remaining;

        Opening(AwaitServing request) {
            this.request = request;
        }
    }

    private final NodeBus bus;
    private final Predicate<TopicIdPartition> isOpening;
    private final List<AwaitServing> untilMetadata = new ArrayList<>();
    private final Map<TopicIdPartition, List<Opening>> untilOpen = new LinkedHashMap<>();
    private long metadataOffset = -1L;

    ServingWaits(NodeBus bus, Predicate<TopicIdPartition> isOpening) {
        this.bus = bus;
        this.isOpening = isOpening;
    }

    void await(AwaitServing request) {
        if (request.metadataOffset() > metadataOffset) {
            untilMetadata.add(request);
        } else {
            awaitOpening(request);
        }
    }

    /// The partitions follow the metadata up to this offset.
    void metadataArrived(long newMetadataOffset) {
        metadataOffset = newMetadataOffset;
        List<AwaitServing> due = untilMetadata.stream()
                .filter(request -> request.metadataOffset() <= metadataOffset)
                .toList();
        untilMetadata.removeAll(due);
        due.forEach(this::awaitOpening);
    }

    private void awaitOpening(AwaitServing request) {
        Opening opening = new Opening(request);
        for (TopicIdPartition partition : request.partitions()) {
            if (isOpening.test(partition)) {
                untilOpen.computeIfAbsent(partition, _ -> new ArrayList<>(1)).add(opening);
                opening.remaining++;
            }
        }
        answerWhenOpen(opening);
    }

    /// The partition is being opened no longer: it serves, cannot serve, or is gone.
    void openingEnded(TopicIdPartition partition) {
        List<Opening> waiting = untilOpen.remove(partition);
        if (waiting != null) {
            for (Opening opening : waiting) {
                opening.remaining--;
                answerWhenOpen(opening);
            }
        }
    }

    private void answerWhenOpen(Opening opening) {
        if (opening.remaining == 0) {
            bus.send(opening.request.originNode(), new PartitionAnswer.PartitionsServe(opening.request.operationId()));
        }
    }
}
