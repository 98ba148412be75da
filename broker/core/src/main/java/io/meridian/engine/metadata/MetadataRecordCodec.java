package io.meridian.engine.metadata;

import io.meridian.base.Invariant;
import io.meridian.engine.metadata.image.ConfigResource;
import io.meridian.protocol.message.ClusterRecord;
import io.meridian.protocol.message.ConfigRecord;
import io.meridian.protocol.message.FeatureLevelRecord;
import io.meridian.protocol.message.NoOpRecord;
import io.meridian.protocol.message.PartitionChangeRecord;
import io.meridian.protocol.message.PartitionRecord;
import io.meridian.protocol.message.ProducerIdsRecord;
import io.meridian.protocol.message.RegisterBrokerRecord;
import io.meridian.protocol.message.RemoveTopicRecord;
import io.meridian.protocol.message.TopicRecord;
import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Metadata records as bytes: the type and the version as unsigned varints, then the body.
///
/// Numbers of types are for ever. A new type, or a new version of one, raises the metadata feature level; a process
/// that meets one it does not know reports [Decoded.Newer] and must not go on.
public final class MetadataRecordCodec {
    private static final int NO_OP = 0;
    private static final int FEATURE_LEVEL = 1;
    private static final int CLUSTER = 2;
    private static final int REGISTER_BROKER = 3;
    private static final int TOPIC = 4;
    private static final int PARTITION = 5;
    private static final int PARTITION_CHANGE = 6;
    private static final int REMOVE_TOPIC = 7;
    private static final int CONFIG = 8;
    private static final int PRODUCER_IDS = 9;
    private static final int TYPE_MAX = PRODUCER_IDS;

    private static final short VERSION = 0;

    private MetadataRecordCodec() {}

    /// What bytes turned out to be.
    public sealed interface Decoded {
        record Value(MetadataRecord record) implements Decoded {}

        /// Written by a newer format than this process knows.
        record Newer(String detail) implements Decoded {}

        /// Not a metadata record, or a damaged one.
        record Damaged(String detail) implements Decoded {}
    }

    /// The bytes of a record, in a new heap buffer.
    public static ByteBuffer encode(MetadataRecord record) {
        WireWriter writer = new WireWriter();
        writer.writeUnsignedVarint(typeOf(record));
        writer.writeUnsignedVarint(VERSION);
        bodyOf(record).write(writer, VERSION);
        return writer.toByteBuffer();
    }

    /// The record that these bytes hold, nothing before and nothing after it. The buffer's position stays.
    public static Decoded decode(ByteBuffer bytes) {
        WireReader reader = new WireReader(bytes);
        try {
            int type = reader.readUnsignedVarint("type");
            int version = reader.readUnsignedVarint("version");
            if (type < 0 || type > TYPE_MAX) {
                return new Decoded.Newer("metadata written by a newer format: record type "
                        + Integer.toUnsignedString(type) + ", known up to " + TYPE_MAX);
            }
            if (version < 0 || version > VERSION) {
                return new Decoded.Newer("metadata written by a newer format: record type " + type + " version "
                        + Integer.toUnsignedString(version) + ", known up to " + VERSION);
            }
            MetadataRecord record = readBody(reader, type);
            reader.expectEnd("record");
            return record == null
                    ? new Decoded.Damaged("record type " + type + " has a value out of range")
                    : new Decoded.Value(record);
        } catch (WireFormatException damaged) {
            return new Decoded.Damaged(String.valueOf(damaged.getMessage()));
        }
    }

    private static int typeOf(MetadataRecord record) {
        return switch (record) {
            case MetadataRecord.NoOp _ -> NO_OP;
            case MetadataRecord.FeatureLevel _ -> FEATURE_LEVEL;
            case MetadataRecord.Cluster _ -> CLUSTER;
            case MetadataRecord.RegisterBroker _ -> REGISTER_BROKER;
            case MetadataRecord.Topic _ -> TOPIC;
            case MetadataRecord.Partition _ -> PARTITION;
            case MetadataRecord.PartitionChange _ -> PARTITION_CHANGE;
            case MetadataRecord.RemoveTopic _ -> REMOVE_TOPIC;
            case MetadataRecord.Config _ -> CONFIG;
            case MetadataRecord.ProducerIds _ -> PRODUCER_IDS;
        };
    }

    private static Message bodyOf(MetadataRecord record) {
        return switch (record) {
            case MetadataRecord.NoOp _ -> new NoOpRecord();
            case MetadataRecord.FeatureLevel r -> new FeatureLevelRecord(r.feature(), (short) r.level());
            case MetadataRecord.Cluster r -> new ClusterRecord(r.clusterId());
            case MetadataRecord.RegisterBroker r ->
                new RegisterBrokerRecord(
                        r.brokerId(), r.incarnationId(), r.brokerEpoch(), r.host(), r.port(), r.rack(), r.fenced());
            case MetadataRecord.Topic r -> new TopicRecord(r.name(), r.topicId());
            case MetadataRecord.Partition r ->
                new PartitionRecord(
                        r.topicId(),
                        r.partition(),
                        r.leader(),
                        r.leaderEpoch(),
                        r.partitionEpoch(),
                        r.replicas(),
                        r.isr());
            case MetadataRecord.PartitionChange r ->
                new PartitionChangeRecord(
                        r.topicId(), r.partition(), r.leader(), r.leaderEpoch(), r.isr(), r.replicas());
            case MetadataRecord.RemoveTopic r -> new RemoveTopicRecord(r.topicId());
            case MetadataRecord.Config r ->
                new ConfigRecord((byte) r.resource().type().id(), r.resource().name(), r.name(), r.value());
            case MetadataRecord.ProducerIds r ->
                new ProducerIdsRecord(r.brokerId(), r.brokerEpoch(), r.nextProducerId());
        };
    }

    /// Null when a field has a value that no release writes.
    private static @Nullable MetadataRecord readBody(WireReader reader, int type) {
        return switch (type) {
            case NO_OP -> {
                NoOpRecord.read(reader, VERSION);
                yield new MetadataRecord.NoOp();
            }
            case FEATURE_LEVEL -> {
                FeatureLevelRecord r = FeatureLevelRecord.read(reader, VERSION);
                yield new MetadataRecord.FeatureLevel(r.name(), r.level());
            }
            case CLUSTER ->
                new MetadataRecord.Cluster(ClusterRecord.read(reader, VERSION).clusterId());
            case REGISTER_BROKER -> {
                RegisterBrokerRecord r = RegisterBrokerRecord.read(reader, VERSION);
                yield new MetadataRecord.RegisterBroker(
                        r.brokerId(), r.incarnationId(), r.brokerEpoch(), r.host(), r.port(), r.rack(), r.fenced());
            }
            case TOPIC -> {
                TopicRecord r = TopicRecord.read(reader, VERSION);
                yield new MetadataRecord.Topic(r.name(), r.topicId());
            }
            case PARTITION -> {
                PartitionRecord r = PartitionRecord.read(reader, VERSION);
                yield new MetadataRecord.Partition(
                        r.topicId(),
                        r.partitionId(),
                        r.leader(),
                        r.leaderEpoch(),
                        r.partitionEpoch(),
                        r.replicas(),
                        r.isr());
            }
            case PARTITION_CHANGE -> {
                PartitionChangeRecord r = PartitionChangeRecord.read(reader, VERSION);
                yield new MetadataRecord.PartitionChange(
                        r.topicId(), r.partitionId(), r.leader(), r.leaderEpoch(), r.isr(), r.replicas());
            }
            case REMOVE_TOPIC ->
                new MetadataRecord.RemoveTopic(
                        RemoveTopicRecord.read(reader, VERSION).topicId());
            case CONFIG -> config(ConfigRecord.read(reader, VERSION));
            case PRODUCER_IDS -> {
                ProducerIdsRecord r = ProducerIdsRecord.read(reader, VERSION);
                yield new MetadataRecord.ProducerIds(r.brokerId(), r.brokerEpoch(), r.nextProducerId());
            }
            default -> throw Invariant.unreachable("record types are checked before: " + type);
        };
    }

    private static MetadataRecord.@Nullable Config config(ConfigRecord r) {
        ConfigResource.Type type = ConfigResource.Type.byId(r.resourceType());
        if (type == null) {
            return null;
        }
        return new MetadataRecord.Config(new ConfigResource(type, r.resourceName()), r.name(), r.value());
    }
}
