"""RESULTS.md from the history: the newest of each figure with goal and verdict, the runs, and how each figure came here."""
from . import history
from .cases import CASES
from .goals import goal_of
from .ratios import goal_met, verdict

MEASURES = {"rate": "rate", "cpu": "broker CPU", "p50": "p50", "p99": "p99"}
SECTIONS = (
    ("Speed, `flush.policy=os`", lambda f: f["setting"] in ("os", "os strict") and section_of(f) == "speed"),
    ("Speed, `flush.policy=ack` beside a Kafka that does not sync", lambda f: f["setting"] == "ack" and section_of(f) == "speed"),
    ("Start and memory", lambda f: section_of(f) == "start"),
    ("Growth: partitions", lambda f: section_of(f) == "partitions"),
    ("Growth: connections", lambda f: section_of(f) == "connections"),
    ("Growth: groups", lambda f: section_of(f) == "groups"),
    ("Single operations (JMH, Meridian alone)", lambda f: section_of(f) == "jmh"),
)
INTRODUCTION = """\
# Results

Made by `bench/run` and `bench/micro` from `history.jsonl`; how figures are taken and read is in `README.md`. Ratios are
Meridian / Apache Kafka 4.3.1: the median of the ratios of single rounds, and the least and greatest of them. `Kafka/Kafka` is
the same for two equal Kafka nodes in the same rounds: a ratio inside that spread is a tie. A goal is a bound for the ratio
unless it names a unit; figures without a bound must not be worse than the spread.
"""


def section_of(figure):
    name = figure["case"].split("-")[0]
    return name if name in ("start", "partitions", "connections", "groups", "jmh") else "speed"


def number(value):
    if value is None:
        return ""
    if value == 0 or abs(value) >= 100:
        return "%.0f" % value
    return "%.1f" % value if abs(value) >= 10 else "%.2f" % value if abs(value) >= 0.1 else "%.3g" % value


def bounds(figure, name):
    low, high = figure.get(name + "_min"), figure.get(name + "_max")
    return "" if low is None else "%.2f..%.2f" % (low, high)


def ratio_cell(figure):
    if figure.get("ratio") is None:
        return ""
    spread = bounds(figure, "ratio")
    return "%.2f" % figure["ratio"] + (" (%s)" % spread if spread else "")


def goal_cell(figure):
    """The goal, and whether it is met."""
    goal = goal_of(figure)
    if goal is None:
        return ""
    above = figure["better"] == "higher"
    words = {"ratio": "%s %s" % ("≥" if above else "≤", goal.bound), "value": "≤ %s %s" % (goal.bound, figure["unit"]),
             "tie": "not worse"}[goal.kind]
    return "%s: %s" % (words, {True: "met", False: "**missed**", None: "not judged"}[goal_met(figure, goal)])


def name_of(figure, with_setting=True):
    """`case: measure, unit`, as in every table; only in the cases of speed does a title leave open what is measured."""
    strict = ", strict" if figure["setting"] == "os strict" else ""
    setting = ", `ack`" if with_setting and figure["setting"] == "ack" else ""
    measure = ": " + MEASURES[figure["measure"]] if section_of(figure) == "speed" else ""
    return "%s%s%s%s, %s" % (figure["title"], strict, setting, measure, figure["unit"])


def ordered(figures):
    """Every figure with its series: by section, case and setting, and among those as they first came up."""
    places = {name: place for place, name in enumerate(CASES)}
    def place(series):
        first = series[0]
        section = next(place for place, (_, belongs) in enumerate(SECTIONS) if belongs(first))
        return section, places.get(first["case"], len(places)), first["setting"]
    return sorted(history.by_figure(figures).values(), key=place)


def table(header, rows):
    return "\n".join(["| %s |" % " | ".join(header), "|%s" % ("---|" * len(header)), *("| %s |" % " | ".join(row) for row in rows)])


def newest_tables(figures):
    newest = [series[-1] for series in ordered(figures)]
    parts = []
    for title, belongs in SECTIONS:
        chosen = [figure for figure in newest if belongs(figure)]
        if not chosen:
            continue
        alone = section_of(chosen[0]) == "jmh"
        header = ["figure", "Meridian", "run"] if alone else [
            "figure", "Kafka", "Meridian", "ratio (rounds)", "Kafka/Kafka", "beside the spread", "goal", "rounds", "run"]
        rows = []
        for figure in chosen:
            front = [name_of(figure, False)]
            middle = [number(figure["meridian"])] if alone else [
                number(figure.get("kafka")), number(figure["meridian"]), ratio_cell(figure), bounds(figure, "spread"),
                verdict(figure), goal_cell(figure), str(figure.get("rounds", ""))]
            rows.append([*front, *middle, figure["run"]])
        parts.append("## %s\n\n%s\n" % (title, table(header, rows)))
    return parts


def cores_table(figures):
    """Who kept the cores busy: what the client used shows whose limit a rate is."""
    rows = []
    for series in ordered(figures):
        newest = series[-1]
        if newest["measure"] == "cpu" and newest.get("cores"):
            cores = newest["cores"]
            both = lambda side: "%.2f + %.2f" % (cores[side], cores["client beside " + side])
            rows.append([name_of(newest).rsplit(": ", 1)[0], both("meridian"), both("kafka"),
                         "client" if cores["client beside kafka"] > cores["kafka"] else "broker", "%.2f" % cores["others"]])
    if not rows:
        return []
    return ["## Cores kept busy\n\nBroker + client; where others used more than 0.2 cores, the rates above do not count.\n\n%s\n" % table(
        ["case", "Meridian + client", "Kafka + client", "busier beside Kafka", "others"], rows)]


def runs_part(runs, figures):
    used = [name for name in runs if any(series[-1]["run"] == name for series in history.by_figure(figures).values())]
    parts = ["## Runs of the figures above\n"]
    for name in reversed(used):
        run = runs[name]
        rows = [["date, commit", "%s, %s" % (run["date"], run["commit"])], ["command", "`%s`" % run["command"]]]
        rows += [[what, text] for what, text in run.get("machine", {}).items()]
        for broker, has in run.get("brokers", {}).items():
            rows.append([broker, "%s%s" % (has["settings"], "; `%s`" % has["flags"] if has.get("flags") else "")])
        rows += [[what, run[what]] for what in ("note", "duration") if run.get(what)]
        if run.get("failed"):
            rows.append(["failed", ", ".join(run["failed"])])
        parts.append("### %s\n\n%s\n" % (name, table(["", ""], rows)))
    return parts


def history_part(runs, figures):
    rows = []
    for series in ordered(figures):
        steps = []
        for figure in series:
            value = "%.2f" % figure["ratio"] if figure.get("ratio") is not None else number(figure["meridian"])
            run = runs.get(figure["run"], {})
            steps.append("%s (%s %s)" % (value, run.get("date", "")[:10], run.get("commit", "?")))
        rows.append([name_of(series[-1]), ", ".join(steps)])
    return ["## History\n\nThe ratio, or our own value where there is none beside it, oldest first.\n\n%s\n" % table(
        ["figure", "value (date commit)"], rows)]


def write(history_path, results_path):
    runs, figures = history.load(history_path)
    parts = [INTRODUCTION, *newest_tables(figures), *cores_table(figures), *runs_part(runs, figures), *history_part(runs, figures)]
    with open(results_path, "w") as file:
        file.write("\n".join(parts))
