package io.meridian.engine.handler;

import io.meridian.base.Invariant;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.ControllerCommand.AllocateProducerIds;
import io.meridian.engine.metadata.ControllerReply;
import io.meridian.engine.metadata.ControllerReply.ProducerIdBlock;
import io.meridian.engine.metadata.ControllerReply.ProducerIdsAllocated;
import io.meridian.engine.metadata.image.BrokerImage;
import io.meridian.engine.security.Operation;
import io.meridian.protocol.api.ErrorCode;
import io.meridian.protocol.api.Outcome;
import io.meridian.protocol.message.InitProducerIdRequest;
import io.meridian.protocol.message.InitProducerIdResponse;
import java.util.ArrayDeque;
import java.util.Deque;

/// InitProducerId: an identity for an idempotent producer, never given out before. Needs IDEMPOTENT_WRITE on the
/// cluster or WRITE on any topic; until security exists nobody is refused.
///
/// Ids come from blocks that the controller hands to each node and that are committed before the first id is used,
/// so a crash skips ids and never repeats one. A transactional id is refused: this release has no transactions.
public final class InitProducerIdHandler {
    private static final int BLOCK_SIZE = 1_000;

    private final NodeScope scope;
    private final ControllerClient controller;
    private final Deque<RequestContext> waiting = new ArrayDeque<>();
    private long nextProducerId;
    private long blockEnd;

    public InitProducerIdHandler(NodeScope scope, ControllerClient controller) {
        this.scope = scope;
        this.controller = controller;
    }

    public void handle(RequestContext context, InitProducerIdRequest request) {
        if (!scope.allowsCluster(context, Operation.IDEMPOTENT_WRITE)) {
            refuse(context, ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
            return;
        }
        if (request.transactionalId() != null) {
            refuse(context, ErrorCode.UNSUPPORTED_VERSION);
            return;
        }
        if (nextProducerId < blockEnd) {
            give(context);
            return;
        }
        waiting.add(context);
        if (waiting.size() == 1) {
            askForBlock();
        }
    }

    private void askForBlock() {
        BrokerImage self = Invariant.present(
                scope.image().brokers().broker(scope.brokerId()), "a request came before the broker was registered");
        controller.ask(new AllocateProducerIds(scope.brokerId(), self.brokerEpoch(), BLOCK_SIZE), this::onBlock);
    }

    private void onBlock(ControllerReply reply) {
        if (!(reply instanceof ProducerIdsAllocated(Outcome<ProducerIdBlock> outcome))) {
            throw Invariant.unreachable("the controller answered something else");
        }
        switch (outcome) {
            case Outcome.Accepted<ProducerIdBlock>(ProducerIdBlock(long first, int count)) -> {
                nextProducerId = first;
                blockEnd = first + count;
                while (!waiting.isEmpty() && nextProducerId < blockEnd) {
                    give(waiting.removeFirst());
                }
                if (!waiting.isEmpty()) {
                    askForBlock();
                }
            }
            case Outcome.Rejected<ProducerIdBlock>(ErrorCode error, String _) -> {
                while (!waiting.isEmpty()) {
                    refuse(waiting.removeFirst(), error);
                }
            }
        }
    }

    private void give(RequestContext context) {
        scope.reply(
                context,
                InitProducerIdResponse.DEFAULT.withProducerId(nextProducerId++).withProducerEpoch((short) 0));
    }

    private void refuse(RequestContext context, ErrorCode error) {
        scope.reply(
                context,
                InitProducerIdResponse.DEFAULT
                        .withErrorCode(error.code())
                        .withProducerId(-1L)
                        .withProducerEpoch((short) -1));
    }
}
