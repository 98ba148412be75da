package io.meridian.simulator;

import java.util.ArrayList;
import java.util.List;

/// A planted mistake: texts of one or more production sources and what stands there instead.
record Mutant(String name, List<Change> changes) {
    /// @param file below `io/meridian` in the sources of broker/core
    /// @param text must occur exactly once
    record Change(String file, String text, String replacement) {}

    static Mutant of(String name, String file, String text, String replacement) {
        return new Mutant(name, List.of(new Change(file, text, replacement)));
    }

    Mutant and(String file, String text, String replacement) {
        List<Change> all = new ArrayList<>(changes);
        all.add(new Change(file, text, replacement));
        return new Mutant(name, List.copyOf(all));
    }

    @Override
    public String toString() {
        return name;
    }

    /// Every mutant of the suite.
    static List<Mutant> all() {
        return List.of(
                of(
                                "acknowledges before the sync",
                                "engine/replication/PartitionReplica.java",
                                "FlushPolicy.ACK ? log.syncedEndOffset() : log.writtenEndOffset();",
                                "FlushPolicy.ACK ? log.writtenEndOffset() : log.writtenEndOffset();")
                        .and(
                                "engine/replication/PartitionReplica.java",
                                "if (log.config().flushPolicy() == FlushPolicy.OS) {",
                                "if (log.config() != null) {"),
                of(
                        "moves the high watermark to the planned end",
                        "engine/replication/PartitionReplica.java",
                        "FlushPolicy.ACK ? log.syncedEndOffset() : log.writtenEndOffset();",
                        "FlushPolicy.ACK ? log.logEndOffset() : log.logEndOffset();"),
                of(
                        "acknowledges one record too early",
                        "engine/replication/PartitionReplica.java",
                        "new ParkedProduces.Parked(group, position, lastOffset + 1, result)",
                        "new ParkedProduces.Parked(group, position, lastOffset, result)"),
                of(
                        "ends a recovered log one offset too early",
                        "log/segment/LogRecovery.java",
                        "endOffset,\n                replay.producers(),",
                        "Math.max(0, endOffset - 1),\n                replay.producers(),"),
                of(
                        "loses the producers in a recovery",
                        "log/segment/StateReplay.java",
                        "producers.apply(batch, batch.baseOffset(), input.nowMs());",
                        "batch.baseOffset();"),
                of(
                                "keeps a broken tail",
                                "log/segment/LogRecovery.java",
                                "if (survey.sizeBytes() > survey.endPosition()) {",
                                "if (survey.sizeBytes() < 0) {")
                        .and(
                                "log/segment/SegmentSurvey.java",
                                "                endPosition,\n                endOffset,",
                                "                sizeBytes,\n                endOffset,"),
                of(
                        "skips the check of sequences",
                        "log/state/ProducerStates.java",
                        "return firstSequence == expected ? NEXT :",
                        "return expected >= 0 ? NEXT :"),
                of(
                        "answers a retry with new offsets",
                        "log/LogAppender.java",
                        "original.baseOffset(), original.lastOffset(),",
                        "offsets.logEndOffset(), offsets.logEndOffset(),"),
                of(
                        "stores a retry again",
                        "log/state/ProducerStates.java",
                        "return new SequenceVerdict.Retry(original);",
                        "return NEXT;"),
                of(
                        "resumes an old leader epoch",
                        "engine/metadata/PartitionRegistry.java",
                        "leader, partition.leaderEpoch() + 1, null",
                        "leader, partition.leaderEpoch(), null"),
                of(
                        "does not sync the directory after a roll",
                        "log/LogSync.java",
                        "void onNewName() {\n        areNamesPending = true;",
                        "void onNewName() {"),
                of(
                        "serves records above the high watermark",
                        "log/PartitionLog.java",
                        "case HIGH_WATERMARK -> offsets.highWatermark();",
                        "case HIGH_WATERMARK -> offsets.writtenEndOffset();"),
                of(
                        "ignores the size that a fetch allows",
                        "log/LogReader.java",
                        "long wanted = from + Math.max(maxBytes, firstBytes);",
                        "long wanted = from + (1 << 20);"),
                of(
                        "moves the recovery point before the sync",
                        "log/LogUpkeep.java",
                        "long durable = forcesActive ? log.writtenEndOffset() : log.syncedEndOffset();",
                        "long durable = log.writtenEndOffset();"),
                of(
                        "reads without checking",
                        "log/segment/BatchScanner.java",
                        "if (checksCrc && crc() != view.crc()) {",
                        "if (checksCrc && crc() < 0) {"),
                of(
                        "answers metadata before the sync",
                        "engine/node/LocalMetadataLog.java",
                        "public void written() {",
                        "public void written() {\n        PartitionLog written = Invariant.present(log, \"\");\n"
                                + "        written.advanceHighWatermark(written.writtenEndOffset());\n        synced();"),
                of(
                        "believes pages of a failed force",
                        "log/segment/LogRecovery.java",
                        "survey.writeAgain();",
                        "survey.leaderEpoch();"),
                of(
                        "keeps the files of deleted topics",
                        "engine/node/StrayDirectories.java",
                        "if (removedNames.contains(name.topic()) && isRemoved(directory, name)) {",
                        "if (removedNames.contains(name.topic()) && directory.isEmpty()) {"),
                of(
                        "releases the memory of a produce too early",
                        "engine/handler/ProduceHandler.java",
                        "context.frame().retain();",
                        "context.frame();"),
                of(
                        "answers members before their offsets are replicated",
                        "engine/coordinator/ShardRuntime.java",
                        "if (knownEndOffset <= log.highWatermark()) {",
                        "if (knownEndOffset <= Long.MAX_VALUE) {"),
                of(
                        "assigns a generation and does not store it",
                        "engine/group/SyncRules.java",
                        "draft.store(GroupRecords.group(group.groupId(), Rebalance.stored(group)));",
                        "group.groupId();"),
                of(
                        "does not count the generations of a group",
                        "engine/group/ClassicGroup.java",
                        "generation++;",
                        "generation = Math.max(1, generation);"),
                of(
                        "loses the first records of a coordinator",
                        "engine/replication/ReplicaRecords.java",
                        "if (batch.lastOffset() >= fromOffset && !batch.isControl()) {",
                        "if (batch.lastOffset() > fromOffset + 20 && !batch.isControl()) {"),
                of(
                        "answers a deletion of records before it is durable",
                        "engine/replication/PartitionReplica.java",
                        "log.intendStart(offset);",
                        "log.intendStart(offset);\n        log.startPersisted(offset);"),
                of(
                        "deletes segments above the high watermark",
                        "log/state/RetentionRule.java",
                        "isEmptyEnd || segment.endOffset() > highWatermark",
                        "isEmptyEnd || segment.endOffset() < 0"),
                of(
                        "removes files before the new start is durable",
                        "log/LogTrimmer.java",
                        "segments.removeBelow(Math.min(log.logStartOffset(), remembered))",
                        "segments.removeBelow(Math.min(intendedStartOffset, remembered))"),
                of(
                        "forgets in a restart where a log begins",
                        "engine/node/DataDirectory.java",
                        "areStartsKnown ? offsets.logStartOffsets()",
                        "name == null ? offsets.logStartOffsets()"),
                of(
                        "forgets the producers of deleted segments",
                        "log/LogUpkeep.java",
                        "if (log.producerCount() == 0) {",
                        "if (log.producerCount() >= 0) {"),
                of("loses what waits for room", "log/LogWriter.java", "queue.add(batch.copied());", "batch.copied();"),
                of(
                        "forgets a file range",
                        "engine/handler/FetchOperation.java",
                        "result.release();\n                results[slot]",
                        "results[slot]"));
    }
}
