"""Administration with confluent-kafka (librdkafka)."""
import sys

from confluent_kafka import ConsumerGroupTopicPartitions, Producer, TopicCollection, TopicPartition
from confluent_kafka.admin import (
    AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic, OffsetSpec, ResourceType)

from lines import say, until

bootstrap, topic, group = sys.argv[1:4]
admin = AdminClient({"bootstrap.servers": bootstrap})
only = TopicPartition(topic, 0)


def done(futures):
    return [future.result(20) for future in futures.values()][0]


def partition_count():
    return len(done(admin.describe_topics(TopicCollection([topic]))).partitions)


def retention():
    return done(admin.describe_configs([ConfigResource(ResourceType.TOPIC, topic)]))["retention.ms"].value


def offset(spec):
    return done(admin.list_offsets({only: spec})).offset


def committed():
    return done(admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)])).topic_partitions


def is_group_listed():
    return group in [g.group_id for g in admin.list_consumer_groups().result(20).valid]


done(admin.create_topics([NewTopic(topic, 2, 1, config={"retention.ms": "60000"})]))
say(f"partitions {until(2, partition_count)}")
say(f"retention.ms {until('60000', retention)}")
change = ConfigEntry("retention.ms", "120000", incremental_operation=AlterConfigOpType.SET)
done(admin.incremental_alter_configs([ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[change])]))
say(f"retention.ms {until('120000', retention)}")
done(admin.create_partitions([NewPartitions(topic, 4)]))
say(f"partitions {until(4, partition_count)}")
producer = Producer({"bootstrap.servers": bootstrap})
for i in range(10):
    producer.produce(topic, f"v{i}", partition=0)
assert producer.flush(30) == 0
done(admin.delete_records([TopicPartition(topic, 0, 4)]))
say(f"offsets {offset(OffsetSpec.earliest())} {offset(OffsetSpec.latest())}")

done(admin.alter_consumer_group_offsets([ConsumerGroupTopicPartitions(group, [TopicPartition(topic, 0, 7)])]))
say(f"group offset {committed()[0].offset}")
say(f"group listed {str(is_group_listed()).lower()}")
say(f"group state {done(admin.describe_consumer_groups([group])).state.name.capitalize()}")
done(admin.delete_consumer_groups([group]))
say(f"group listed {str(is_group_listed()).lower()}")

done(admin.delete_topics([topic]))
say(f"topic listed {str(until(False, lambda: topic in admin.list_topics(timeout=20).topics)).lower()}")
