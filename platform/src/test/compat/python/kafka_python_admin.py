"""Administration with kafka-python."""
import sys

from kafka import KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, NewPartitions, NewTopic, OffsetSpec
from kafka.structs import OffsetAndMetadata

from lines import say, until

bootstrap, topic, group = sys.argv[1:4]
admin = KafkaAdminClient(bootstrap_servers=bootstrap)
only = TopicPartition(topic, 0)


def partition_count():
    return len(admin.describe_topics([topic])[0]["partitions"])


def retention():
    configs = admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)], config_filter="all")
    return configs["topic"][topic]["retention.ms"]["value"]


def offset(spec):
    return admin.list_partition_offsets({only: spec})[only].offset


def committed():
    return admin.list_group_offsets([group])[group]


def is_group_listed():
    return str(group in [listed["group_id"] for listed in admin.list_groups()]).lower()


admin.create_topics([NewTopic(topic, 2, 1, topic_configs={"retention.ms": "60000"})])
say(f"partitions {until(2, partition_count)}")
say(f"retention.ms {until('60000', retention)}")
admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs={"retention.ms": "120000"})])
say(f"retention.ms {until('120000', retention)}")
admin.create_partitions({topic: NewPartitions(4)})
say(f"partitions {until(4, partition_count)}")
producer = KafkaProducer(bootstrap_servers=bootstrap)
for i in range(10):
    producer.send(topic, f"v{i}".encode(), partition=0).get(30)
producer.close()
admin.delete_records({only: 4})
say(f"offsets {offset(OffsetSpec.EARLIEST)} {offset(OffsetSpec.LATEST)}")

admin.alter_group_offsets(group, {only: OffsetAndMetadata(7, "", -1)})
say(f"group offset {committed()[only].offset}")
say(f"group listed {is_group_listed()}")
say(f"group state {admin.describe_groups([group])[group]['group_state']}")
admin.delete_group_offsets(group, [only])
say(f"group offsets {len(committed())}")
admin.delete_groups([group])
say(f"group listed {is_group_listed()}")

admin.delete_topics([topic])
say(f"topic listed {str(until(False, lambda: topic in admin.list_topics())).lower()}")
admin.close()
