"""What each figure has to reach beside Apache Kafka. A figure without an entry must not be worse than the spread."""
from collections import namedtuple

Goal = namedtuple("Goal", "kind bound")  # kind: ratio, value (of ours), tie
NOT_WORSE = Goal("tie", None)

# (case, setting or None for any, measure) -> goal
GOALS = {
    ("produce-1k-acks-all", "os", "cpu"): Goal("ratio", 0.5),
    ("produce-100b-acks1", "os", "cpu"): Goal("ratio", 0.5),
    ("produce-100b-lz4", "os", "cpu"): Goal("ratio", 0.4),
    ("produce-1k-1000-partitions", "os", "cpu"): Goal("ratio", 0.5),
    ("produce-small", "os", "rate"): Goal("ratio", 1.2),
    ("produce-small", "os", "cpu"): Goal("ratio", 0.6),
    ("consume-1k", "os", "cpu"): Goal("ratio", 1.0),
    ("consume-100b", "os", "cpu"): Goal("ratio", 1.0),
    ("fan-out-4", "os", "cpu"): Goal("ratio", 1.0),
    ("end-to-end", "os", "p50"): Goal("ratio", 0.85),
    ("end-to-end", "os", "cpu"): Goal("ratio", 0.6),
    ("start", None, "fetched"): Goal("ratio", 0.35),
    ("start", None, "rss-idle"): Goal("ratio", 0.4),
    ("start", None, "rss-loaded"): Goal("ratio", 0.5),
    ("start", None, "cpu-idle"): Goal("value", 0.5),
    ("partitions-5000", None, "writable"): Goal("ratio", 0.5),
    ("partitions-5000", None, "memory"): Goal("ratio", 0.5),
    ("partitions-5000", None, "metadata-p50"): Goal("ratio", 0.5),
}
# With flush.policy=ack the figures stand beside a Kafka that does not sync: only rates have a bound there.
DURABLE_RATE = Goal("ratio", 0.8)


def goal_of(figure):
    case, setting, measure = figure["case"], figure["setting"], figure["measure"]
    for key in ((case, setting, measure), (case, None, measure)):
        if key in GOALS:
            return GOALS[key]
    if setting == "ack":
        return DURABLE_RATE if measure == "rate" else None
    # Growth is told in full; what may not be exceeded there is named above. Ours alone has nothing to be worse than.
    if case.split("-")[0] in ("partitions", "connections", "groups", "jmh"):
        return None
    return NOT_WORSE
