"""One member of a group with aiokafka."""
import asyncio
import sys

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.coordinator.assignors.range import RangePartitionAssignor

from lines import partitions, read_commands, say

bootstrap, topic, group, protocol, instance, reset = sys.argv[1:7]
PARTITIONS = 6


class Listener(ConsumerRebalanceListener):
    def __init__(self, consumer):
        self.consumer = consumer

    async def on_partitions_assigned(self, assigned):
        say(f"owns {self.consumer._coordinator.generation} {partitions(p.partition for p in assigned)}")

    async def on_partitions_revoked(self, revoked):
        say(f"revoked {partitions(p.partition for p in revoked)}")


async def produce(start, end):
    async with AIOKafkaProducer(bootstrap_servers=bootstrap) as producer:
        sent = [await producer.send(topic, f"v{i}".encode(), partition=i % PARTITIONS) for i in range(start, end)]
        await asyncio.gather(*sent)
    say(f"produced {end - start}")


async def reset_offsets():
    # A consumer that assigns its partitions itself may commit for a group without members.
    simple = AIOKafkaConsumer(bootstrap_servers=bootstrap, group_id=group, enable_auto_commit=False)
    await simple.start()
    beginning = {TopicPartition(topic, p): 0 for p in range(PARTITIONS)}
    simple.assign(list(beginning))
    await simple.commit(beginning)
    await simple.stop()
    say("reset")


async def main():
    if reset == "reset":
        await reset_offsets()
    consumer = AIOKafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=group,
        group_instance_id=None if instance == "-" else instance,
        session_timeout_ms=6000 if instance == "-" else 30000,
        heartbeat_interval_ms=500,
        rebalance_timeout_ms=10000,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        partition_assignment_strategy=(RangePartitionAssignor,),
    )
    consumer.subscribe([topic], listener=Listener(consumer))
    await consumer.start()
    commands = asyncio.Queue()
    loop = asyncio.get_running_loop()
    read_commands(lambda command: loop.call_soon_threadsafe(commands.put_nowait, command))
    while True:
        for records in (await consumer.getmany(timeout_ms=100)).values():
            for record in records:
                say(f"seen {record.partition} {record.offset} {record.value.decode()}")
        if commands.empty():
            continue
        command = commands.get_nowait()
        if command[0] == "produce":
            await produce(int(command[1]), int(command[2]))
        elif command[0] == "commit":
            await consumer.commit()
            say("committed")
        else:
            await consumer.stop()
            say("closed")
            return


asyncio.run(main())
