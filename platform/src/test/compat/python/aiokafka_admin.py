"""Administration with aiokafka, which has less of it: no deletion of groups or of their offsets."""
import asyncio
import sys
import time

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic, RecordsToDelete
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from lines import say

bootstrap, topic, group = sys.argv[1:4]
only = TopicPartition(topic, 0)


async def until(wanted, ask):
    deadline = time.monotonic() + 10
    while True:
        answer = await ask()
        if answer == wanted or time.monotonic() > deadline:
            return answer


async def main():
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()

    async def partition_count():
        return len((await admin.describe_topics([topic]))[0]["partitions"])

    async def retention():
        [answer] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
        return {entry[0]: entry[1] for entry in answer.resources[0][4]}["retention.ms"]

    async def is_topic_listed():
        return topic in await admin.list_topics()

    await admin.create_topics([NewTopic(topic, 2, 1, topic_configs={"retention.ms": "60000"})])
    say(f"partitions {await until(2, partition_count)}")
    say(f"retention.ms {await until('60000', retention)}")
    await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs={"retention.ms": "120000"})])
    say(f"retention.ms {await until('120000', retention)}")
    await admin.create_partitions({topic: NewPartitions(4)})
    say(f"partitions {await until(4, partition_count)}")
    async with AIOKafkaProducer(bootstrap_servers=bootstrap) as producer:
        for i in range(10):
            await producer.send_and_wait(topic, f"v{i}".encode(), partition=0)
    await admin.delete_records({only: RecordsToDelete(before_offset=4)})
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=group, enable_auto_commit=False)
    await consumer.start()
    consumer.assign([only])
    first = (await consumer.beginning_offsets([only]))[only]
    last = (await consumer.end_offsets([only]))[only]
    say(f"offsets {first} {last}")
    await consumer.commit({only: 7})
    await consumer.stop()

    say(f"group offset {(await admin.list_consumer_group_offsets(group))[only].offset}")
    listed = group in [listed[0] for listed in await admin.list_consumer_groups()]
    say(f"group listed {str(listed).lower()}")
    [described] = await admin.describe_consumer_groups([group])
    say(f"group state {described.groups[0][2]}")

    await admin.delete_topics([topic])
    say(f"topic listed {str(await until(False, is_topic_listed)).lower()}")
    await admin.close()


asyncio.run(main())
