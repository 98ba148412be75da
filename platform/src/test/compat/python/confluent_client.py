"""Creates a topic, writes 1000 records and reads them back with confluent-kafka (librdkafka)."""
import sys
import time

from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

bootstrap, topic = sys.argv[1:3]
admin = AdminClient({"bootstrap.servers": bootstrap})
admin.create_topics([NewTopic(topic, 2, 1)])[topic].result(20)

failures = []
producer = Producer({"bootstrap.servers": bootstrap, "enable.idempotence": True, "compression.type": "zstd"})
written = [f"value {i}" for i in range(1000)]
for value in written:
    producer.produce(topic, value, key="k", partition=1, on_delivery=lambda e, _: e and failures.append(e))
assert producer.flush(30) == 0 and not failures, failures

# A consumer of this library needs a group id even when it joins no group.
consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "none", "enable.auto.commit": False})
assert consumer.get_watermark_offsets(TopicPartition(topic, 1), timeout=20) == (0, 1000)
consumer.assign([TopicPartition(topic, 1, 0)])
read = []
deadline = time.monotonic() + 30
while len(read) < 1000 and time.monotonic() < deadline:
    for message in consumer.consume(500, 0.5):
        assert message.error() is None, message.error()
        read.append(message.value().decode())
consumer.close()
assert read == written, f"read {len(read)}: {read[:5]}"
print("read back", len(read))
