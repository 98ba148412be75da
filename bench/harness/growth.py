"""Suite `growth`: what 1 to 5,000 partitions, 1 to 1,000 connections and 1 to 1,000 groups cost."""
import re
import subprocess
import time

from . import machine
from .clients import Client, ClientError
from .ratios import summary
from .session import settle

SIDES = ("meridian", "kafka", "kafka again")
NATIVE_MEMORY = ("-XX:NativeMemoryTracking=summary",)  # the same for all: it costs a little
CONNECTION_REQUESTS, CONNECTION_RATE = 12_000, 3_000
GROUP_STEADY_S, GROUP_COMMITS = 8, 5
CALM_S = 3

PARTITION_MEASURES = {
    "led": ("ms", "leaders for all partitions"), "writable": ("ms", "a record acknowledged in each partition"),
    "metadata-p50": ("ms", "metadata of all, p50"), "metadata-p99": ("ms", "metadata of all, p99"),
    "cpu": ("s", "broker CPU from creation until %d s after" % CALM_S),
    "memory": ("KiB each", "live heap + direct memory")}
CONNECTION_MEASURES = {
    "cpu": ("s/million", "broker CPU of requests at %d/s in all" % CONNECTION_RATE),
    "p50": ("ms", "request p50"), "p99": ("ms", "request p99"), "memory": ("KiB each", "live heap + direct memory")}
GROUP_MEASURES = {
    "joined": ("ms", "every group has its assignment"), "join-cpu": ("ms each", "broker CPU to join"),
    "steady-cpu": ("% of a core", "broker CPU while members only send heartbeats"),
    "commit-cpu": ("s/million", "broker CPU of commits"), "memory": ("KiB each", "live heap + direct memory")}


def live_bytes(session, broker):
    """Live heap after a full collection, and memory taken outside the heap by direct buffers."""
    def jcmd(*words):
        return subprocess.run([session.installation.jdk + "/bin/jcmd", str(broker.process.pid), *words], check=True,
                              capture_output=True, text=True).stdout
    heap = re.search(r"^Total\s+\d+\s+(\d+)", jcmd("GC.class_histogram"), re.MULTILINE)
    other = re.search(r"Other \(reserved=\d+KB, committed=(\d+)KB\)", jcmd("VM.native_memory", "summary", "scale=KB"))
    return int(heap[1]) + (int(other[1]) * 1024 if other else 0)


def partitions(session, broker, count):
    client = session.admin()
    topic = "growth-%d" % count
    before, cpu = live_bytes(session, broker), broker.cpu_s()
    settle()
    lines = client.ask("partitions", broker.bootstrap, topic, count)
    found = {key: float(value) for key, value in re.findall(r"([\w-]+)=([\d.]+)", lines[-1])}
    time.sleep(CALM_S)
    found["cpu"] = broker.cpu_s() - cpu
    found["memory"] = (live_bytes(session, broker) - before) / 1024 / count
    client.ask("delete", broker.bootstrap, topic)
    time.sleep(CALM_S)  # files go after the answer
    return found


def connections(session, broker, count):
    client, topic = wide_client(session), session.new_topic(broker, 1)
    before, already = live_bytes(session, broker), machine.connections_to(broker.port)
    client.begin("connections", broker.bootstrap, topic, count, session.scaled(CONNECTION_REQUESTS), CONNECTION_RATE)
    client.reached("open")
    opened = max(1, machine.connections_to(broker.port) - already)
    found = {"memory": (live_bytes(session, broker) - before) / 1024 / opened}
    client.begin("go")
    client.reached("warm")
    cpu = broker.cpu_s()
    client.begin("go")
    told = client.reached("sent")
    found["cpu"] = (broker.cpu_s() - cpu) / session.scaled(CONNECTION_REQUESTS) * 1e6
    found.update((key, float(value)) for key, value in re.findall(r"(p50|p99)=([\d.]+)", told))
    client.begin("go")
    client.finish()
    session.drop(broker, [topic])
    return found


def groups(session, broker, count):
    client, topic = wide_client(session), session.new_topic(broker, 1)
    before, cpu = live_bytes(session, broker), broker.cpu_s()
    client.begin("groups", broker.bootstrap, topic, count, GROUP_COMMITS)
    found = {"joined": float(client.reached("joined"))}
    found["join-cpu"] = (broker.cpu_s() - cpu) / count * 1000
    time.sleep(CALM_S)
    cpu = broker.cpu_s()
    time.sleep(GROUP_STEADY_S)
    found["steady-cpu"] = (broker.cpu_s() - cpu) / GROUP_STEADY_S * 100
    found["memory"] = (live_bytes(session, broker) - before) / 1024 / count
    cpu = broker.cpu_s()
    client.begin("go")
    client.reached("committed")
    found["commit-cpu"] = (broker.cpu_s() - cpu) / (count * GROUP_COMMITS) * 1e6
    client.begin("go")
    client.finish()
    session.drop(broker, [topic])
    return found


def wide_client(session):
    """A client process with room for a thousand clients; kept for the session."""
    wide = getattr(session, "wide", None)
    if wide is None or wide.process.poll() is not None:
        session.wide = Client("client-wide-%d" % time.monotonic_ns(), session.installation, "-Xmx2g")
    return session.wide


KINDS = (
    ("partitions", (1, 100, 1_000, 5_000), partitions, PARTITION_MEASURES),
    ("connections", (1, 100, 1_000), connections, CONNECTION_MEASURES),
    ("groups", (1, 100, 1_000), groups, GROUP_MEASURES),
)


def run(session):
    results, number = {}, 0
    try:
        while number < min(session.options.rounds, session.options.growth_rounds) and not (number > 0 and session.late()):
            one_round(session, number, results)
            number += 1
    except KeyboardInterrupt:
        session.recorder.interrupted = True
    record(session, results)


def one_round(session, number, results):
    """Each side alone, from its start on: 5,000 partitions of one would be felt by the next."""
    shift = number % len(SIDES)
    for side in SIDES[shift:] + SIDES[:shift]:
        for kind, counts, act, _ in KINDS:
            name = "growth-%s-%s-%d" % (kind, side.replace(" ", "-"), number + 1)
            broker = (session.meridian(name, "os crowded", NATIVE_MEMORY) if side == "meridian"
                      else session.kafka(name, NATIVE_MEMORY))
            try:
                broker.start()
                if side != "kafka again":
                    label = "Meridian, growth" if side == "meridian" else "Apache Kafka, growth"
                    session.recorder.note_brokers({label: broker})
                warm_up(session, broker)
                for count in counts:
                    if session.options.counts_max < count:
                        continue
                    try:
                        found = act(session, broker, count)
                    except (ClientError, OSError, subprocess.SubprocessError) as problem:
                        session.say("%s %d %s FAILED: %s" % (kind, count, side, problem))
                        session.recorder.failed.append("%s %d against %s" % (kind, count, side))
                        continue
                    results.setdefault((kind, count, side), []).append(found)
                    session.say("%-11s %5d %-11s round %d %s" % (
                        kind, count, side, number + 1, " ".join("%s %.4g" % pair for pair in found.items())))
            finally:
                broker.stop()


def warm_up(session, broker):
    topic = session.new_topic(broker, 1)
    session.admin().ask("end-to-end", broker.bootstrap, topic, 500, 1_000)
    session.drop(broker, [topic])


def record(session, results):
    for kind, counts, _, measures in KINDS:
        for measure, (unit, title) in measures.items():
            for count in counts:
                values = [[found[measure] for found in results.get((kind, count, side), [])] for side in SIDES]
                # What one thing takes is lost in what the rest of a process takes meanwhile.
                if not values[0] or (count == 1 and measure == "memory"):
                    continue
                session.recorder.add("%s-%d" % (kind, count), "os", measure, unit, "lower",
                                     "%s %s, %s" % (format(count, ","), kind if count > 1 else kind[:-1], title), summary(*values))
