"""Creates a topic, writes 1000 records and reads them back with kafka-python."""
import sys
import time

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic

bootstrap, topic = sys.argv[1:3]
admin = KafkaAdminClient(bootstrap_servers=bootstrap)
admin.create_topics([NewTopic(topic, 2, 1)])
admin.close()

producer = KafkaProducer(bootstrap_servers=bootstrap, acks="all", compression_type="gzip")
written = [f"value {i}" for i in range(1000)]
sent = [producer.send(topic, value.encode(), key=b"k", partition=1) for value in written]
offsets = [future.get(30).offset for future in sent]
assert offsets == list(range(1000)), offsets[:5]
producer.close()

consumer = KafkaConsumer(bootstrap_servers=bootstrap, group_id=None, enable_auto_commit=False)
partition = TopicPartition(topic, 1)
consumer.assign([partition])
consumer.seek(partition, 0)
assert consumer.end_offsets([partition])[partition] == 1000
read = []
deadline = time.monotonic() + 30
while len(read) < 1000 and time.monotonic() < deadline:
    for records in consumer.poll(500).values():
        read += [record.value.decode() for record in records]
consumer.close()
assert read == written, f"read {len(read)}: {read[:5]}"
print("read back", len(read))
