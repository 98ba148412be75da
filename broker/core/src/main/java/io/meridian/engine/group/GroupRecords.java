package io.meridian.engine.group;

import io.meridian.engine.coordinator.CoordinatorRecord;
import io.meridian.protocol.message.GroupMetadataKey;
import io.meridian.protocol.message.GroupMetadataValue;
import io.meridian.protocol.message.OffsetCommitKey;
import io.meridian.protocol.message.OffsetCommitValue;
import io.meridian.protocol.wire.Message;
import io.meridian.protocol.wire.UnsupportedVersionException;
import io.meridian.protocol.wire.WireFormatException;
import io.meridian.protocol.wire.WireLimits;
import io.meridian.protocol.wire.WireReader;
import io.meridian.protocol.wire.WireWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The records of the offsets topic as Kafka writes them, so that its tools read ours and we take over its files.
///
/// A key is an int16 that says what the record is about (0 and 1 an offset, 2 a classic group, higher numbers
/// belong to other kinds of groups), then the key's fields; a value is an int16 version, then its fields.
final class GroupRecords {
    /// What we stored ourselves must be readable, however large the group was.
    private static final WireLimits LIMITS = WireLimits.ofElements(1_000_000);
    private static final short OFFSET_KEY_TYPE_MAX = 1;
    private static final short GROUP_KEY_TYPE = 2;
    private static final short OFFSET_VALUE_VERSION = 4;
    /// The one version that has a time of expiry.
    private static final short OFFSET_VALUE_WITH_EXPIRY = 1;
    private static final short GROUP_VALUE_VERSION = 3;

    private GroupRecords() {}

    /// What a stored record says.
    sealed interface Stored {
        /// @param offset null when it was taken back
        record Offset(
                String groupId,
                String topic,
                int partition,
                @Nullable CommittedOffset offset) implements Stored {}

        /// @param value null when the group was deleted
        record Group(String groupId, @Nullable GroupMetadataValue value) implements Stored {}

        /// Of a kind that this release does not know.
        record Other(int type) implements Stored {}

        record Damaged(String detail) implements Stored {}
    }

    static CoordinatorRecord offset(String groupId, String topic, int partition, CommittedOffset offset) {
        short version = offset.expireTimestampMs() == CommittedOffset.NO_EXPIRY
                ? OFFSET_VALUE_VERSION
                : OFFSET_VALUE_WITH_EXPIRY;
        OffsetCommitValue value = new OffsetCommitValue(
                offset.offset(),
                offset.leaderEpoch(),
                offset.metadata(),
                offset.commitTimestampMs(),
                offset.expireTimestampMs(),
                offset.topicId());
        return new CoordinatorRecord(offsetKey(groupId, topic, partition), encode(version, version, value));
    }

    static CoordinatorRecord offsetTombstone(String groupId, String topic, int partition) {
        return new CoordinatorRecord(offsetKey(groupId, topic, partition), null);
    }

    static CoordinatorRecord group(String groupId, GroupMetadataValue value) {
        return new CoordinatorRecord(groupKey(groupId), encode(GROUP_VALUE_VERSION, GROUP_VALUE_VERSION, value));
    }

    static CoordinatorRecord groupTombstone(String groupId) {
        return new CoordinatorRecord(groupKey(groupId), null);
    }

    static Stored decode(CoordinatorRecord record) {
        try {
            WireReader key = new WireReader(record.key(), LIMITS);
            short type = key.readInt16("key.type");
            if (type >= 0 && type <= OFFSET_KEY_TYPE_MAX) {
                OffsetCommitKey read = OffsetCommitKey.read(key, type);
                return new Stored.Offset(read.group(), read.topic(), read.partition(), offset(record.value()));
            }
            if (type == GROUP_KEY_TYPE) {
                return new Stored.Group(GroupMetadataKey.read(key, type).group(), groupValue(record.value()));
            }
            return new Stored.Other(type);
        } catch (WireFormatException | UnsupportedVersionException damaged) {
            return new Stored.Damaged(String.valueOf(damaged.getMessage()));
        }
    }

    private static @Nullable CommittedOffset offset(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        WireReader reader = new WireReader(bytes, LIMITS);
        OffsetCommitValue value = OffsetCommitValue.read(reader, version(reader, OffsetCommitValue.HIGHEST_VERSION));
        return new CommittedOffset(
                value.offset(),
                value.leaderEpoch(),
                value.metadata(),
                value.commitTimestamp(),
                value.expireTimestamp(),
                value.topicId());
    }

    private static @Nullable GroupMetadataValue groupValue(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        WireReader reader = new WireReader(bytes, LIMITS);
        return GroupMetadataValue.read(reader, version(reader, GroupMetadataValue.HIGHEST_VERSION));
    }

    /// Later versions only add tagged fields, so the highest we know reads them.
    private static short version(WireReader reader, short highest) {
        return (short) Math.min(reader.readInt16("value.version"), highest);
    }

    private static ByteBuffer offsetKey(String groupId, String topic, int partition) {
        OffsetCommitKey key = new OffsetCommitKey(groupId, topic, partition);
        return encode(OFFSET_KEY_TYPE_MAX, OFFSET_KEY_TYPE_MAX, key);
    }

    private static ByteBuffer groupKey(String groupId) {
        return encode(GROUP_KEY_TYPE, GROUP_KEY_TYPE, new GroupMetadataKey(groupId));
    }

    private static ByteBuffer encode(short prefix, short version, Message message) {
        WireWriter writer = new WireWriter();
        writer.writeInt16(prefix);
        message.write(writer, version);
        return writer.toByteBuffer();
    }
}
