"""The cases of the comparison: what the clients do, what is read from what they print."""
import re
import time
from dataclasses import dataclass
from typing import Callable

from .clients import payload

ROUND_ROBIN = "partitioner.class=org.apache.kafka.clients.producer.RoundRobinPartitioner"
PRODUCED = re.compile(r"([\d.]+) records/sec \(([\d.]+) MB/sec\)")


@dataclass
class Job:
    """One measurement: words for each client, and how to read what each of them prints."""
    clients: list  # the words for one client each
    read: Callable  # lines of each client -> {measure: value}
    records: int
    topics: tuple = ()  # to be deleted afterwards


@dataclass
class Case:
    name: str
    title: str
    settings: tuple  # of Meridian, for which this case is run
    rate: str  # unit of its rate; empty when it has none
    record_bytes: int
    plan: Callable  # (run, broker) -> Job
    default: bool = True

    @property
    def cpu_unit(self):
        """Per million records where the bytes are too few to matter."""
        return "s/GB" if self.rate in ("MiB/s", "thousand records/s") else "s/million"

    def units(self):
        rate = {"rate": (self.rate, "higher")} if self.rate else {"p50": ("ms", "lower"), "p99": ("ms", "lower")}
        return {**rate, "cpu": (self.cpu_unit, "lower")}


def producer_words(run, broker, topic, records, size, properties, options=()):
    return ["tool", "ProducerPerformance", "--bootstrap-server", broker.bootstrap, "--topic", topic, "--num-records", records,
            "--throughput", -1, "--payload-file", payload(run.work, size), "--reporting-interval", 600000, "--warmup-records",
            records // 4, *options, "--command-property", *properties]


def read_produced(size, thousands):
    def read(outputs):
        found = PRODUCED.findall("\n".join(outputs[0]))[-1]
        return {"rate": float(found[0]) / 1000 if thousands else float(found[1])}
    return read


def produce(name, title, settings, records, size, partitions, *properties, options=(), rate=None, keep=False, default=True):
    """`keep`: the topic is made once and written to in every round, since making it takes longer than writing."""
    rate = rate or ("MiB/s" if size >= 1000 else "thousand records/s")

    def plan(run, broker):
        count = run.scaled(records)
        topic = run.kept_topic(broker, name, partitions) if keep else run.new_topic(broker, partitions)
        return Job([producer_words(run, broker, topic, count, size, properties, options)],
                   read_produced(size, rate != "MiB/s"), count, () if keep else (topic,))
    return Case(name, title, settings, rate, size, plan, default)


def consume(name, title, stored, size, records=None, consumers=1):
    rate = "MiB/s" if size >= 1000 else "thousand records/s"

    def plan(run, broker):
        count = run.scaled(records or stored)
        topic = run.filled_topic(broker, run.scaled(stored), size)
        words = [["tool", "ConsumerPerformance", "--bootstrap-server", broker.bootstrap, "--topic", topic, "--num-records", count,
                  "--hide-header", "--group", "read-%d-%d" % (time.time_ns(), index)] for index in range(consumers)]
        return Job(words, lambda outputs: {"rate": consumed(outputs, rate)}, count * consumers)
    return Case(name, title, ("os",), rate, size, plan)


def consumed(outputs, rate):
    """Of one consumer what it says itself, without the time to join; of several their bytes in the time they took together."""
    rows = [[cell.strip() for cell in lines[-1].split(",")] for lines in outputs]
    if len(rows) == 1:
        return float(rows[0][8]) if rate == "MiB/s" else float(rows[0][9]) / 1000
    span = max(clock_s(row[1]) for row in rows) - min(clock_s(row[0]) for row in rows)
    return sum(float(row[2]) for row in rows) / span


def clock_s(text):
    """`2026-01-31 12:00:00:123` in seconds."""
    return time.mktime(time.strptime(text[:19], "%Y-%m-%d %H:%M:%S")) + int(text[20:]) / 1000


def end_to_end(name, title, settings, records, per_second):
    def plan(run, broker):
        count, topic = run.scaled(records), run.new_topic(broker, 1)
        return Job([["end-to-end", broker.bootstrap, topic, count, per_second]], read_quantiles, 2 * count, (topic,))
    return Case(name, title, settings, "", 100, plan)


def read_quantiles(outputs):
    return {key: float(value) for key, value in re.findall(r"(p50|p99)=([\d.]+)", outputs[0][-1])}


OS, ACK = ("os",), ("ack",)
CASES = {case.name: case for case in (
    produce("produce-1k-acks-all", "produce 1 KiB, acks=all", OS + ACK, 600_000, 1024, 6, "acks=all"),
    produce("produce-100b-acks1", "produce 100 B, acks=1", OS + ACK, 3_000_000, 100, 6, "acks=1"),
    produce("produce-100b-lz4", "produce 100 B, lz4, acks=all", ("os", "os strict", "ack"), 3_000_000, 100, 6, "acks=all",
            "compression.type=lz4"),
    produce("produce-small", "one small request at a time", OS + ACK, 25_000, 100, 1, "acks=all", "batch.size=1", "linger.ms=0",
            "max.in.flight.requests.per.connection=1", rate="thousand requests/s"),
    produce("produce-1k-1-partition", "produce 1 KiB over 1 partition, acks=all", ACK, 600_000, 1024, 1, "acks=all"),
    produce("produce-1k-1000-partitions", "produce 1 KiB over 1,000 partitions, acks=all", OS + ACK, 150_000, 1024, 1000,
            "acks=all", "buffer.memory=134217728", ROUND_ROBIN, keep=True),
    produce("produce-txn", "produce 1 KiB in transactions of 20 ms", OS + ACK, 400_000, 1024, 6, "acks=all",
            options=("--transaction-duration-ms", 20), default=False),
    consume("consume-1k", "consume 1 KiB in a group", 1_200_000, 1024),
    consume("consume-100b", "consume 100 B in a group", 8_000_000, 100),
    consume("fan-out-4", "fan-out of 1 KiB to 4 groups", 1_200_000, 1024, records=400_000, consumers=4),
    end_to_end("end-to-end", "end to end at 1,000 records/s", OS + ACK, 2_000, 1_000),
)}
MERIDIAN_SETTINGS = {  # name of a setting in the tables -> what the node is started with
    "os": {"flush.policy": "os", "produce.batch.validation": "relaxed"},
    "os strict": {"flush.policy": "os", "produce.batch.validation": "strict"},
    "ack": {"flush.policy": "ack", "produce.batch.validation": "relaxed"},
    # Our limits for one address keep thousands of connections of one machine out; Kafka has none by default.
    "os crowded": {"flush.policy": "os", "produce.batch.validation": "relaxed", "max.connections.per.ip": "10000",
                   "max.connection.creation.rate.per.ip": "10000", "max.connection.creation.rate": "10000"},
}
SUITES = {"speed": ("os", "os strict"), "durable": ("ack",)}
