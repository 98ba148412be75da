package io.meridian.engine.metadata;

import io.meridian.base.Uuid;
import io.meridian.engine.metadata.image.ConfigResource;
import io.meridian.engine.metadata.image.MetadataDelta;
import io.meridian.engine.metadata.image.MetadataImage;
import io.meridian.engine.metadata.image.TopicImage;
import io.meridian.engine.metadata.image.TopicsImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Applies the records of one batch, one after the other. A record that does not fit the image changes nothing and
/// is counted.
final class DeltaBuilder {
    private final MetadataImage before;
    private final SortedSet<Uuid> changedTopics = new TreeSet<>();
    private final List<TopicImage> deletedTopics = new ArrayList<>();
    private final SortedSet<String> changedTopicConfigs = new TreeSet<>();
    private MetadataImage image;
    private boolean brokerConfigsChanged;
    private boolean brokersChanged;
    private int ignoredRecords;

    DeltaBuilder(MetadataImage before) {
        this.before = before;
        this.image = before;
    }

    MetadataDelta delta(long lastOffset) {
        return new MetadataDelta(
                before,
                image.withMetadataOffset(lastOffset),
                Collections.unmodifiableSortedSet(changedTopics),
                List.copyOf(deletedTopics),
                Collections.unmodifiableSortedSet(changedTopicConfigs),
                brokerConfigsChanged,
                brokersChanged,
                ignoredRecords);
    }

    void apply(MetadataRecord record) {
        switch (record) {
            case MetadataRecord.NoOp _ -> {}
            case MetadataRecord.FeatureLevel r -> image = image.withFeatures(FeatureLevels.apply(image.features(), r));
            case MetadataRecord.Cluster r -> image = image.withClusterId(r.clusterId());
            case MetadataRecord.RegisterBroker r -> {
                image = image.withBrokers(BrokerRegistry.apply(image.brokers(), r));
                brokersChanged = true;
            }
            case MetadataRecord.Topic r -> changed(r.topicId(), TopicRegistry.apply(image.topics(), r));
            case MetadataRecord.Partition r -> changed(r.topicId(), PartitionRegistry.apply(image.topics(), r));
            case MetadataRecord.PartitionChange r -> changed(r.topicId(), PartitionRegistry.apply(image.topics(), r));
            case MetadataRecord.RemoveTopic r -> remove(r.topicId());
            case MetadataRecord.Config r -> {
                image = image.withConfigs(ConfigRegistry.apply(image.configs(), r));
                switch (r.resource().type()) {
                    case TOPIC -> changedTopicConfigs.add(r.resource().name());
                    case BROKER -> brokerConfigsChanged = true;
                }
            }
            case MetadataRecord.ProducerIds r -> image = ProducerIdBlocks.apply(image, r);
        }
    }

    private void changed(Uuid topicId, @Nullable TopicsImage topics) {
        if (topics == null) {
            ignoredRecords++;
            return;
        }
        image = image.withTopics(topics);
        changedTopics.add(topicId);
    }

    private void remove(Uuid topicId) {
        TopicImage topic = image.topics().byId(topicId);
        if (topic == null) {
            ignoredRecords++;
            return;
        }
        image = image.withTopics(image.topics().without(topicId))
                .withConfigs(image.configs().without(ConfigResource.topic(topic.name())));
        changedTopics.remove(topicId);
        changedTopicConfigs.remove(topic.name());
        TopicImage earlier = before.topics().byId(topicId);
        if (earlier != null) {
            deletedTopics.add(earlier);
        }
    }
}
