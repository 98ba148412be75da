"""One member of a group with confluent-kafka (librdkafka)."""
import logging
import re
import sys

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

from lines import next_command, partitions, read_commands, say

bootstrap, topic, group, protocol, instance, reset = sys.argv[1:7]
PARTITIONS = 6
owned = set()
generation = -1


class Generations(logging.Handler):
    """The library tells the generation only to its log."""

    def emit(self, record):
        global generation
        found = re.search(r"JoinGroup response: GenerationId (\d+)", record.getMessage())
        if found:
            generation = int(found.group(1))


def produce(start, end):
    failures = []
    producer = Producer({"bootstrap.servers": bootstrap, "linger.ms": 0})
    for i in range(start, end):
        producer.produce(topic, f"v{i}", partition=i % PARTITIONS, on_delivery=lambda e, _: e and failures.append(e))
    assert producer.flush(30) == 0 and not failures, failures
    say(f"produced {end - start}")


def on_assign(member, assigned):
    owned.update(p.partition for p in assigned)
    say(f"owns {generation} {partitions(owned)}")


def on_revoke(member, revoked):
    owned.difference_update(p.partition for p in revoked)
    say(f"revoked {partitions(p.partition for p in revoked)}")


if reset == "reset":
    admin = AdminClient({"bootstrap.servers": bootstrap})
    wanted = ConsumerGroupTopicPartitions(group, [TopicPartition(topic, p, 0) for p in range(PARTITIONS)])
    for future in admin.alter_consumer_group_offsets([wanted]).values():
        future.result(20)
    say("reset")

logger = logging.getLogger("librdkafka")
logger.setLevel(logging.DEBUG)
logger.addHandler(Generations())
settings = {
    "bootstrap.servers": bootstrap,
    "group.id": group,
    "session.timeout.ms": 6000 if instance == "-" else 30000,
    "heartbeat.interval.ms": 500,
    "enable.auto.commit": False,
    "auto.offset.reset": "earliest",
    "partition.assignment.strategy": "cooperative-sticky" if protocol == "cooperative" else "range",
    "debug": "cgrp",
}
if instance != "-":
    settings["group.instance.id"] = instance
consumer = Consumer(settings, logger=logger)
read_commands()
consumer.subscribe([topic], on_assign=on_assign, on_revoke=on_revoke)
while True:
    for message in consumer.consume(500, 0.1):
        assert message.error() is None, message.error()
        say(f"seen {message.partition()} {message.offset()} {message.value().decode()}")
    command = next_command()
    if command is None:
        continue
    if command[0] == "produce":
        produce(int(command[1]), int(command[2]))
    elif command[0] == "commit":
        consumer.commit(asynchronous=False)
        say("committed")
    else:
        consumer.close()
        say("closed")
        break
