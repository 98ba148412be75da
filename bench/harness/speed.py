"""Suites `speed` and `durable`: every case in every round, against each broker in turn."""
import statistics
import time

from . import cases, machine
from .clients import ClientError
from .ratios import summary
from .session import settle

WARM_UPS = 4  # whole passes over the cases, before those that count: a virtual machine goes on compiling for minutes
ATTEMPTS_MAX = 3  # at one measurement; then its case is given up
FINISH_S = 60  # a measurement takes seconds
KAFKAS = ("kafka", "kafka again")


def measure(session, broker, case):
    """One measurement: the figures of the case, broker CPU per unit, and who was busy meanwhile."""
    job = case.plan(session, broker)
    clients = session.clients.take(len(job.clients))
    settle()
    client_s = sum(client.cpu_s() for client in clients)
    broker_s, busy_s, began = broker.cpu_s(), machine.busy_s(), time.monotonic()
    for client, words in zip(clients, job.clients):
        client.begin(*words)
    outputs = [client.finish(FINISH_S) for client in clients]
    wall_s = time.monotonic() - began
    broker_s, busy_s = broker.cpu_s() - broker_s, machine.busy_s() - busy_s
    client_s = sum(client.cpu_s() for client in clients) - client_s
    figures = job.read(outputs)
    session.drop(broker, job.topics)
    units = job.records * case.record_bytes / 1e9 if case.cpu_unit == "s/GB" else job.records / 1e6
    figures["cpu"] = broker_s / units
    return {"figures": figures, "broker cores": broker_s / wall_s, "client cores": client_s / wall_s,
            "other cores": max(0, busy_s - broker_s - client_s) / wall_s, "wall": wall_s, "client cpu": client_s / units}


def attempt(session, broker, case, side, given_up):
    """A measurement, taken again when it fails: a round is complete or does not count. None once the case is given up."""
    for _ in range(ATTEMPTS_MAX if case.name not in given_up else 0):
        try:
            return measure(session, broker, case)
        except (ClientError, IndexError, ValueError) as problem:
            session.say("%s %s FAILED: %s" % (case.name, side, problem))
            session.recorder.failed.append("%s against %s" % (case.title, side))
    given_up.add(case.name)
    return None


def settings_of(case, suites):
    wanted = [setting for suite in suites for setting in cases.SUITES[suite]]
    return [setting for setting in case.settings if setting in wanted]


def turns(sides, round_number):
    """Who comes first moves on by one each round: a place in the order is no advantage."""
    shift = round_number % len(sides)
    return sides[shift:] + sides[:shift]


def run(session, suites, names):
    chosen = [(cases.CASES[name], settings_of(cases.CASES[name], suites)) for name in names]
    chosen = [(case, settings) for case, settings in chosen if settings]
    if not chosen:
        return
    used = {setting for _, settings in chosen for setting in settings}
    settings = [setting for setting in cases.MERIDIAN_SETTINGS if setting in used]
    brokers = {}
    try:
        for setting in settings:
            brokers[setting] = session.meridian("meridian-" + setting.replace(" ", "-"), setting).start()
        for name in KAFKAS:
            brokers[name] = session.kafka(name.replace(" ", "-")).start()
        names = {**{setting: "Meridian, " + setting for setting in settings}, KAFKAS[0]: "Apache Kafka"}
        session.recorder.note_brokers({name: brokers[side] for side, name in names.items()})
        results = rounds(session, chosen, brokers)
        record(session, chosen, results)
    finally:
        for broker in brokers.values():
            broker.stop()


def rounds(session, chosen, brokers):
    """(case, side) -> measurements of the complete rounds. An interruption ends the rounds, and what is complete counts."""
    results, given_up = {}, set()
    number = -WARM_UPS
    try:
        while number < session.options.rounds and not (number > 0 and session.late()):
            this_round = {}
            for case, settings in chosen:
                for side in turns([*settings, *KAFKAS], number):
                    measured = attempt(session, brokers[side], case, side, given_up)
                    if measured is None:
                        continue
                    this_round[case.name, side] = measured
                    session.say("%-26s %-11s %-8s %s, broker %.2f client %.2f others %.2f cores, %.1f s" % (
                        case.name, side, "warm-up" if number < 0 else "round %d" % (number + 1),
                        " ".join("%s %.4g" % pair for pair in measured["figures"].items()), measured["broker cores"],
                        measured["client cores"], measured["other cores"], measured["wall"]))
            if number >= 0:
                for case, settings in chosen:
                    sides = [*settings, *KAFKAS]
                    if all((case.name, side) in this_round for side in sides):
                        for side in sides:
                            results.setdefault((case.name, side), []).append(this_round[case.name, side])
            number += 1
    except KeyboardInterrupt:
        session.recorder.interrupted = True
        session.say("interrupted: rounds that were complete count")
    return results


def record(session, chosen, results):
    for case, settings in chosen:
        for setting in settings:
            if (case.name, setting) not in results:
                continue
            ours, first, second = (results[case.name, side] for side in (setting, *KAFKAS))
            everyone = ours + first + second
            cores = lambda of, which: round(statistics.median(run[which] for run in of), 2)
            for measure_name, (unit, better) in case.units().items():
                values = [[run["figures"][measure_name] for run in side] for side in (ours, first, second)]
                session.recorder.add(case.name, setting, measure_name, unit, better, case.title, summary(*values),
                                     cores={"meridian": cores(ours, "broker cores"), "kafka": cores(first, "broker cores"),
                                            "client beside meridian": cores(ours, "client cores"),
                                            "client beside kafka": cores(first, "client cores"),
                                            "others": cores(everyone, "other cores")})
