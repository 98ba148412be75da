package io.meridian.engine.handler;

import io.meridian.engine.effect.Effect;
import io.meridian.engine.effect.Effects;
import io.meridian.engine.effect.RequestContext;
import io.meridian.engine.metadata.ConfigsInForce;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.replication.NodeBus;
import io.meridian.engine.replication.NodeLayout;
import io.meridian.engine.security.Authorizer;
import io.meridian.engine.security.Operation;
import io.meridian.engine.security.ResourceType;
import io.meridian.protocol.wire.ResponseMessage;
import io.meridian.settings.BrokerConfig;
import io.meridian.settings.EffectiveBrokerConfig;
import io.meridian.settings.EffectiveTopicConfig;

/// What the handlers of one node share: who we are, what the metadata says now, whom to ask, where answers go.
public final class NodeScope {
    /// Stands for "not asked for" in the protocol's sets of allowed operations.
    public static final int OPERATIONS_NOT_ASKED = Integer.MIN_VALUE;

    private final BrokerConfig config;
    private final NodeLayout layout;
    private final NodeBus bus;
    private final Effects effects;
    private final Authorizer authorizer;
    private final Operations operations = new Operations();
    private MetadataImage image = MetadataImage.EMPTY;

    public NodeScope(BrokerConfig config, NodeLayout layout, NodeBus bus, Effects effects, Authorizer authorizer) {
        this.config = config;
        this.layout = layout;
        this.bus = bus;
        this.effects = effects;
        this.authorizer = authorizer;
    }

    public BrokerConfig config() {
        return config;
    }

    /// What counts for this broker now.
    public EffectiveBrokerConfig brokerConfig() {
        return ConfigsInForce.ofBroker(image.configs(), brokerId(), config.topicDefaults());
    }

    /// What counts for a topic on this broker now.
    public EffectiveTopicConfig topicConfig(String topic) {
        return ConfigsInForce.ofTopic(image.configs(), topic, brokerId(), config.topicDefaults());
    }

    public int brokerId() {
        return config.nodeId();
    }

    public NodeLayout layout() {
        return layout;
    }

    public NodeBus bus() {
        return bus;
    }

    public Operations operations() {
        return operations;
    }

    /// The newest metadata that reached this node.
    public MetadataImage image() {
        return image;
    }

    public void publish(MetadataImage newer) {
        image = newer;
    }

    public void reply(RequestContext context, ResponseMessage response) {
        effects.add(new Effect.Reply(context, response));
    }

    public void noReply(RequestContext context) {
        effects.add(new Effect.NoReply(context));
    }

    public void closeConnection(RequestContext context, String reason) {
        effects.add(new Effect.CloseConnection(context, reason));
    }

    public boolean allowsTopic(RequestContext context, Operation operation, String topic) {
        return authorizer.allows(context.principal(), operation, ResourceType.TOPIC, topic);
    }

    public boolean allowsGroup(RequestContext context, Operation operation, String groupId) {
        return authorizer.allows(context.principal(), operation, ResourceType.GROUP, groupId);
    }

    public boolean allowsCluster(RequestContext context, Operation operation) {
        return authorizer.allows(context.principal(), operation, ResourceType.CLUSTER, ResourceType.CLUSTER_NAME);
    }

    /// The operations that the asking principal may do to a resource, one bit each.
    public int allowedOperations(RequestContext context, ResourceType type, String name) {
        int bits = 0;
        for (Operation operation : type.operations()) {
            if (authorizer.allows(context.principal(), operation, type, name)) {
                bits |= 1 << operation.code();
            }
        }
        return bits;
    }
}
