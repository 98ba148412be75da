"""Suite `start`: from the start of the process to the first fetched record, memory and CPU at rest, memory after a load."""
import time

from . import cases
from .ratios import summary
from .session import settle

IDLE_S = 60
CALM_S = 5
LOAD_RECORDS = 500_000
MEASURES = {  # measure -> (unit, title)
    "accepts": ("ms", "start to first accepted connection"),
    "fetched": ("ms", "start to first fetched record"),
    "cpu-ready": ("s", "CPU from start to first fetched record"),
    "rss-idle": ("MiB", "resident memory, idle"),
    "cpu-idle": ("% of a core", "CPU when idle, over %d s" % IDLE_S),
    "rss-loaded": ("MiB", "resident memory after 500,000 records of 1 KiB written and read"),
    "stop": ("s", "SIGTERM to end"),
}
SIDES = ("meridian", "kafka", "kafka again")


def run(session):
    runs = []
    number = 0
    try:
        while number < session.options.rounds and not (number > 0 and session.late()):
            runs.append(one_round(session, number))
            number += 1
    except KeyboardInterrupt:
        session.recorder.interrupted = True
    if not runs:
        return
    for measure, (unit, title) in MEASURES.items():
        values = [[one[side][measure] for one in runs] for side in SIDES]
        session.recorder.add("start", "os", measure, unit, "lower", title, summary(*values))


def one_round(session, number):
    """All sides started one after the other, at rest at the same time, loaded one after the other."""
    sides, found, brokers = list(SIDES), {}, {}
    shift = number % len(sides)
    try:
        for side in sides[shift:] + sides[:shift]:
            broker = make(session, side, number)
            brokers[side] = broker
            settle()
            found[side] = start(session, broker)
        session.recorder.note_brokers({"Meridian, start": brokers["meridian"], "Apache Kafka, start": brokers["kafka"]})
        time.sleep(CALM_S)
        before = {side: broker.cpu_s() for side, broker in brokers.items()}
        idle_s = max(2.0, IDLE_S * min(1, session.options.scale))
        time.sleep(idle_s)
        for side, broker in brokers.items():
            found[side]["cpu-idle"] = (broker.cpu_s() - before[side]) / idle_s * 100
            found[side]["rss-idle"] = broker.rss_mib()
        for side, broker in brokers.items():
            load(session, broker)
            found[side]["rss-loaded"] = broker.rss_mib()
    finally:
        for side, broker in brokers.items():
            found.setdefault(side, {})["stop"] = broker.stop()
    for side in sides:
        session.say("start %-11s round %d %s" % (side, number + 1, " ".join("%s %.4g" % pair for pair in found[side].items())))
    return found


def make(session, side, number):
    name = "start-%s-%d" % (side.replace(" ", "-"), number + 1)
    broker = session.meridian(name, "os") if side == "meridian" else session.kafka(name)
    broker.prepare()
    return broker


def start(session, broker):
    client = session.admin()
    client.begin("readiness", broker.bootstrap)
    client.reached("waiting")
    time.sleep(0.5)
    began = time.time()
    broker.launch()
    found = {}
    for what in ("accepts", "metadata", "topic", "produced", "fetched"):
        at = client.reached(what)
        found[what] = (int(at) / 1e6 - began) * 1000
    found["cpu-ready"] = broker.cpu_s()
    client.finish()
    return found


def load(session, broker):
    client, records = session.admin(), session.scaled(LOAD_RECORDS)
    topic = session.new_topic(broker, 1)
    client.ask(*cases.producer_words(session, broker, topic, records, 1024, ["acks=all"]))
    client.ask("tool", "ConsumerPerformance", "--bootstrap-server", broker.bootstrap, "--topic", topic, "--num-records", records,
               "--hide-header", "--group", "after-load")
