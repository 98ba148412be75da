package io.meridian.log.testing;

import io.meridian.base.Invariant;
import io.meridian.log.checkpoint.CleanShutdownMarker;
import io.meridian.log.checkpoint.LeaderEpochCheckpoint;
import io.meridian.log.checkpoint.MetaProperties;
import io.meridian.log.checkpoint.OffsetCheckpoint;
import io.meridian.log.checkpoint.PartitionMetadataFile;
import io.meridian.log.segment.IndexBuilder;
import io.meridian.log.segment.IndexFiles;
import io.meridian.log.segment.SegmentNames;
import io.meridian.log.state.ProducerSnapshot;
import io.meridian.log.state.ProducerStates;
import io.meridian.log.storage.StorageFault;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The small files of a data directory with any content at all. Each read ends with content, with "missing", with
/// "damaged" or with a storage fault; everything else is a finding.
public enum FileTargets {
    META_PROPERTIES {
        @Override
        public void feed(byte[] bytes) throws StorageFault {
            MetaProperties.read(holding(MetaProperties.NAME, bytes));
        }
    },
    RECOVERY_POINTS {
        @Override
        public void feed(byte[] bytes) throws StorageFault {
            for (OffsetCheckpoint file : OffsetCheckpoint.values()) {
                file.read(holding(file.fileName(), bytes));
            }
        }
    },
    LEADER_EPOCHS {
        @Override
        public void feed(byte[] bytes) throws StorageFault {
            LeaderEpochCheckpoint.read(holding(DIRECTORY + "/" + LeaderEpochCheckpoint.NAME, bytes), DIRECTORY);
        }
    },
    PARTITION_METADATA {
        @Override
        public void feed(byte[] bytes) throws StorageFault {
            PartitionMetadataFile.read(holding(DIRECTORY + "/" + PartitionMetadataFile.NAME, bytes), DIRECTORY);
        }
    },
    CLEAN_SHUTDOWN {
        @Override
        public void feed(byte[] bytes) throws StorageFault {
            CleanShutdownMarker.brokerEpoch(holding(CleanShutdownMarker.NAME, bytes));
        }
    },
    /// As it is, and under a checksum that is made right.
    PRODUCER_SNAPSHOT {
        @Override
        public void feed(byte[] bytes) {
            ProducerSnapshot.decode(ByteBuffer.wrap(bytes), 0);
            if (bytes.length >= SNAPSHOT_CRC_END) {
                byte[] sealed = bytes.clone();
                CRC32C crc = new CRC32C();
                crc.update(sealed, SNAPSHOT_CRC_END, sealed.length - SNAPSHOT_CRC_END);
                ByteBuffer.wrap(sealed).putShort(0, (short) 1).putInt(Short.BYTES, (int) crc.getValue());
                ProducerStates states = ProducerSnapshot.decode(ByteBuffer.wrap(sealed), 0);
                if (states != null) {
                    ProducerSnapshot.encode(states);
                }
            }
        }
    },
    /// Both indexes have the content; what they say must lie within the segment.
    INDEXES {
        @Override
        public void feed(byte[] bytes) throws StorageFault {
            MemoryStorage storage = holding(SegmentNames.of(DIRECTORY, 0, SegmentNames.INDEX), bytes);
            storage.overwriteOrCreate(SegmentNames.of(DIRECTORY, 0, SegmentNames.TIME_INDEX), bytes);
            IndexBuilder loaded = IndexFiles.load(storage, DIRECTORY, 0, LOG_BYTES, END_OFFSET);
            if (loaded != null) {
                Invariant.check(
                        loaded.offsets().positionFloor(END_OFFSET) < LOG_BYTES, "an index points beyond its log");
            }
        }
    };

    private static final String DIRECTORY = "orders-0";
    private static final long LOG_BYTES = 1 << 20;
    private static final long END_OFFSET = 10_000;
    private static final int SNAPSHOT_CRC_END = 6;

    /// Ends normally, with a storage fault, or with what was found.
    public abstract void feed(byte[] bytes) throws StorageFault;

    private static MemoryStorage holding(String path, byte[] bytes) throws StorageFault {
        MemoryStorage storage = new MemoryStorage();
        storage.createDirectory(DIRECTORY);
        storage.overwriteOrCreate(path, bytes);
        return storage;
    }
}
