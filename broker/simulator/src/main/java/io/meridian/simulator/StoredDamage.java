package io.meridian.simulator;

import io.meridian.base.SeededRandom;
import io.meridian.simulator.checker.ClusterHistory;
import io.meridian.simulator.checker.PartitionHistory;
import io.meridian.simulator.checker.TopicHistory;
import io.meridian.simulator.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Flips bits in files of a process that is down, and tells the checker which records that may cost.
final class StoredDamage {
    private static final int CHECKSUM_POSITION = 17;
    private static final int HEADER_BYTES = 61;

    private final SimulatedDisk disk;
    private final ClusterHistory history;
    private final SeededRandom random;

    StoredDamage(SimulatedDisk disk, ClusterHistory history, SeededRandom random) {
        this.disk = disk;
        this.history = history;
        this.random = random;
    }

    /// Flips one bit under the checksum of some stored batch. False when there is none to spare.
    boolean damageRecords() {
        List<PartitionHistory> candidates = new ArrayList<>();
        for (TopicHistory topic : history.liveTopics()) {
            candidates.addAll(topic.partitions());
        }
        if (candidates.size() < 4 || candidates.stream().anyMatch(PartitionHistory::isDamaged)) {
            return false;
        }
        PartitionHistory chosen = candidates.get(random.nextInt(candidates.size()));
        List<String> files = filesOf(chosen, ".log");
        if (files.isEmpty()) {
            return false;
        }
        String file = files.get(random.nextInt(files.size()));
        ByteBuffer bytes = ByteBuffer.wrap(disk.contents(file));
        List<Integer> batches = new ArrayList<>();
        for (int at = 0; at + HEADER_BYTES <= bytes.limit(); at += bytes.getInt(at + 8) + 12) {
            if (bytes.getInt(at + 8) <= 0 || at + bytes.getInt(at + 8) + 12 > bytes.limit()) {
                break;
            }
            batches.add(at);
        }
        if (batches.isEmpty()) {
            return false;
        }
        int batch = batches.get(random.nextInt(batches.size()));
        int end = batch + bytes.getInt(batch + 8) + 12;
        int position = batch + CHECKSUM_POSITION + random.nextInt(end - batch - CHECKSUM_POSITION);
        disk.flipBit(file, position, random.nextInt(8));
        chosen.damagedFrom(bytes.getLong(batch));
        return true;
    }

    /// Flips some bits of a file that can be made again from the records: the producers of records that were deleted
    /// cannot. False when there is none.
    boolean damageReplaceableFile() {
        List<String> files = new ArrayList<>();
        for (TopicHistory topic : history.liveTopics()) {
            for (PartitionHistory partition : topic.partitions()) {
                files.addAll(filesOf(partition, ".index"));
                files.addAll(filesOf(partition, ".timeindex"));
                if (!partition.mayHaveDeleted()) {
                    files.addAll(filesOf(partition, ".snapshot"));
                }
            }
        }
        files.removeIf(file -> disk.contents(file).length == 0);
        if (files.isEmpty()) {
            return false;
        }
        String file = files.get(random.nextInt(files.size()));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            disk.flipBit(file, random.nextInt(disk.contents(file).length), random.nextInt(8));
        }
        return true;
    }

    private List<String> filesOf(PartitionHistory partition, String suffix) {
        String directory = partition + "/";
        return disk.files().stream()
                .filter(file -> file.startsWith(directory) && file.endsWith(suffix))
                .toList();
    }
}
