package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.base.Now;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.replication.PartitionAnswer;
import io.meridian.engine.replication.PartitionAnswer.LogSize;
import io.meridian.engine.replication.PartitionAnswer.LogsMeasured;
import io.meridian.engine.replication.PartitionAnswer.MeasuredVolume;
import io.meridian.engine.replication.PartitionMessage.MeasureLogs;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.message.DescribeLogDirsRequest;
import io.meridian.protocol.message.DescribeLogDirsRequest.DescribableLogDirTopic;
import io.meridian.protocol.message.DescribeLogDirsResponse;
import io.meridian.protocol.message.DescribeLogDirsResponse.DescribeLogDirsPartition;
import io.meridian.protocol.message.DescribeLogDirsResponse.DescribeLogDirsResult;
import io.meridian.protocol.message.DescribeLogDirsResponse.DescribeLogDirsTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// DescribeLogDirs: how large the logs in the one log directory are, and from version 4 on its volume. Needs DESCRIBE
/// on the cluster. Partitions that are not there, or do not serve, are left out.
public final class DescribeLogDirsHandler {
    private static final short LOWEST_VERSION_WITH_ERROR = 3;
    private static final short LOWEST_VERSION_WITH_VOLUME = 4;

    private final NodeScope scope;

    public DescribeLogDirsHandler(NodeScope scope) {
        this.scope = scope;
    }

    public void handle(RequestContext context, DescribeLogDirsRequest request) {
        if (!scope.allowsCluster(context, Operation.DESCRIBE)) {
            DescribeLogDirsResponse nothing = DescribeLogDirsResponse.DEFAULT;
            scope.reply(
                    context,
                    context.apiVersion() >= LOWEST_VERSION_WITH_ERROR
                            ? nothing.withErrorCode(ErrorCode.CLUSTER_AUTHORIZATION_FAILED.code())
                            : nothing);
            return;
        }
        new Measurement(context, asked(request.topics())).begin();
    }

    /// The partitions that are asked for, by topic; null for all.
    private static @Nullable SortedMap<String, Set<Integer>> asked(@Nullable List<DescribableLogDirTopic> topics) {
        if (topics == null) {
            return null;
        }
        SortedMap<String, Set<Integer>> asked = new TreeMap<>();
        for (DescribableLogDirTopic topic : topics) {
            asked.computeIfAbsent(topic.topic(), _ -> new TreeSet<>()).addAll(topic.partitions());
        }
        return asked;
    }

    /// One request while the nodes of the process measure their logs; this one measures the volume too.
    private final class Measurement implements Operations.Operation {
        private final RequestContext context;
        private final @Nullable SortedMap<String, Set<Integer>> asked;
        private final SortedMap<String, SortedMap<Integer, Long>> sizes = new TreeMap<>();
        private @Nullable MeasuredVolume volume;
        private int expectedAnswers;

        Measurement(RequestContext context, @Nullable SortedMap<String, Set<Integer>> asked) {
            this.context = context;
            this.asked = asked;
        }

        void begin() {
            int self = scope.layout().nodeIndex();
            long operationId = scope.operations().begin(this);
            expectedAnswers = scope.layout().nodeCount();
            for (int node = 0; node < scope.layout().nodeCount(); node++) {
                scope.bus().send(node, new MeasureLogs(self, operationId, node == self));
            }
        }

        @Override
        public void onAnswer(PartitionAnswer answer, Now now) {
            if (!(answer instanceof LogsMeasured(long operationId, List<LogSize> logs, MeasuredVolume measured))) {
                throw Invariant.unreachable("a question about sizes was answered something else");
            }
            for (LogSize log : logs) {
                if (isAsked(log)) {
                    sizes.computeIfAbsent(log.topic(), _ -> new TreeMap<>()).put(log.partition(), log.sizeBytes());
                }
            }
            volume = measured == null ? volume : measured;
            expectedAnswers--;
            if (expectedAnswers == 0) {
                scope.operations().end(operationId);
                reply(Invariant.present(volume, "nobody measured the volume"));
            }
        }

        private boolean isAsked(LogSize log) {
            if (asked == null) {
                return true;
            }
            Set<Integer> partitions = asked.get(log.topic());
            return partitions != null && partitions.contains(log.partition());
        }

        private void reply(MeasuredVolume measured) {
            List<DescribeLogDirsTopic> topics = new ArrayList<>(sizes.size());
            sizes.forEach((topic, partitions) -> topics.add(new DescribeLogDirsTopic(
                    topic,
                    partitions.entrySet().stream()
                            .map(entry -> new DescribeLogDirsPartition(entry.getKey(), entry.getValue(), 0L, false))
                            .toList())));
            DescribeLogDirsResult result = DescribeLogDirsResult.DEFAULT
                    .withErrorCode(measured.error().code())
                    .withLogDir(measured.location())
                    .withTopics(topics);
            scope.reply(
                    context,
                    DescribeLogDirsResponse.DEFAULT.withResults(List.of(
                            context.apiVersion() >= LOWEST_VERSION_WITH_VOLUME
                                    ? result.withTotalBytes(measured.totalBytes())
                                            .withUsableBytes(measured.usableBytes())
                                    : result)));
        }
    }
}
