package io.meridian.engine.metadata;

import io.meridian.base.SeededRandom;
import io.meridian.engine.metadata.image.ConfigResource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Metadata records with random content, extreme values included.
final class RandomRecords {
    static final int KINDS = 10;

    private RandomRecords() {}

    static MetadataRecord next(SeededRandom random) {
        return ofKind(random, random.nextInt(KINDS));
    }

    static MetadataRecord ofKind(SeededRandom random, int kind) {
        return switch (kind) {
            case 0 -> new MetadataRecord.NoOp();
            case 1 -> new MetadataRecord.FeatureLevel(text(random), random.nextInt(Short.MAX_VALUE));
            case 2 -> new MetadataRecord.Cluster(text(random));
            case 3 ->
                new MetadataRecord.RegisterBroker(
                        number(random),
                        random.nextUuid(),
                        random.nextLong(),
                        text(random),
                        random.nextInt(65_536),
                        random.nextBoolean() ? null : text(random),
                        random.nextBoolean());
            case 4 -> new MetadataRecord.Topic(text(random), random.nextUuid());
            case 5 ->
                new MetadataRecord.Partition(
                        random.nextUuid(),
                        number(random),
                        number(random),
                        number(random),
                        number(random),
                        numbers(random),
                        numbers(random));
            case 6 ->
                new MetadataRecord.PartitionChange(
                        random.nextUuid(),
                        number(random),
                        number(random),
                        number(random),
                        numbersOrNull(random),
                        numbersOrNull(random));
            case 7 -> new MetadataRecord.RemoveTopic(random.nextUuid());
            case 8 ->
                new MetadataRecord.Config(
                        random.nextBoolean() ? ConfigResource.topic(text(random)) : ConfigResource.ALL_BROKERS,
                        text(random),
                        random.nextBoolean() ? null : text(random));
            default -> new MetadataRecord.ProducerIds(number(random), random.nextLong(), random.nextLong());
        };
    }

    private static int number(SeededRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> -1;
            case 1 -> random.nextInt(10);
            case 2 -> Integer.MAX_VALUE;
            default -> random.nextInt();
        };
    }

    private static @Nullable List<Integer> numbersOrNull(SeededRandom random) {
        return random.nextBoolean() ? null : numbers(random);
    }

    private static List<Integer> numbers(SeededRandom random) {
        List<Integer> numbers = new ArrayList<>();
        for (int left = random.nextInt(5); left > 0; left--) {
            numbers.add(number(random));
        }
        return numbers;
    }

    private static String text(SeededRandom random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(300); left > 0; left--) {
            text.append((char) ('!' + random.nextInt(500)));
        }
        return text.toString();
    }
}
