"""One member of a group with kafka-python."""
import sys

from kafka import ConsumerRebalanceListener, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.coordinator.assignors.range import RangePartitionAssignor
from kafka.structs import OffsetAndMetadata

from lines import next_command, partitions, read_commands, say

bootstrap, topic, group, protocol, instance, reset = sys.argv[1:7]
PARTITIONS = 6


class Listener(ConsumerRebalanceListener):
    def on_partitions_assigned(self, assigned):
        generation = consumer._coordinator.generation_if_stable()
        say(f"owns {generation.generation_id if generation else -1} {partitions(p.partition for p in assigned)}")

    def on_partitions_revoked(self, revoked):
        say(f"revoked {partitions(p.partition for p in revoked)}")


def produce(start, end):
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    sent = [producer.send(topic, f"v{i}".encode(), partition=i % PARTITIONS) for i in range(start, end)]
    for future in sent:
        future.get(30)
    producer.close()
    say(f"produced {end - start}")


if reset == "reset":
    # A consumer that assigns its partitions itself may commit for a group without members.
    simple = KafkaConsumer(bootstrap_servers=bootstrap, group_id=group, enable_auto_commit=False)
    beginning = {TopicPartition(topic, p): OffsetAndMetadata(0, "", -1) for p in range(PARTITIONS)}
    simple.assign(list(beginning))
    simple.commit(beginning)
    simple.close()
    say("reset")

consumer = KafkaConsumer(
    bootstrap_servers=bootstrap,
    group_id=group,
    group_instance_id=None if instance == "-" else instance,
    session_timeout_ms=6000 if instance == "-" else 30000,
    heartbeat_interval_ms=500,
    enable_auto_commit=False,
    auto_offset_reset="earliest",
    partition_assignment_strategy=(RangePartitionAssignor,),
)
read_commands()
# A leader of this client that knows nothing of the topic yet gives nobody anything, and may wait for ever after that.
while not consumer.partitions_for_topic(topic):
    pass
consumer.subscribe([topic], listener=Listener())
while True:
    # Long enough for a join on a busy machine. This client leaves a join that outlasts its poll half done: it may then
    # hold partitions that it tells nobody of and fetches nothing from, for ever.
    for records in consumer.poll(1000).values():
        for record in records:
            say(f"seen {record.partition} {record.offset} {record.value.decode()}")
    command = next_command()
    if command is None:
        continue
    if command[0] == "produce":
        produce(int(command[1]), int(command[2]))
    elif command[0] == "commit":
        consumer.commit()
        say("committed")
    else:
        consumer.close()
        say("closed")
        break
