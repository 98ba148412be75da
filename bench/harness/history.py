"""Every figure ever recorded, one JSON object a line: runs (`"run"` alone) and figures (`"run"` and `"case"`)."""
import json
import os


def load(path):
    """All runs by their name, and all figures, oldest first."""
    runs, figures = {}, []
    if os.path.exists(path):
        with open(path) as lines:
            for line in lines:
                if line.strip():
                    entry = json.loads(line)
                    if "case" in entry:
                        figures.append(entry)
                    else:
                        runs[entry["run"]] = entry
    return runs, figures


def append(path, run, figures):
    """Adds a run with its figures; nothing that is there is touched."""
    with open(path, "a") as file:
        for entry in (run, *figures):
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")


def key(figure):
    return figure["case"], figure["setting"], figure["measure"]


def by_figure(figures):
    """Each figure with all that was recorded of it, oldest first; figures in the order in which they first came up."""
    series = {}
    for figure in figures:
        series.setdefault(key(figure), []).append(figure)
    return series


class Recorder:
    """Collects what one run has measured, and appends it to the history when the run ends."""

    def __init__(self, run):
        self.run, self.figures, self.failed, self.interrupted = run, [], [], False

    def note_brokers(self, brokers):
        """JVM options and settings of the brokers that were measured, by what they are called in the report."""
        for name, broker in brokers.items():
            self.run.setdefault("brokers", {})[name] = {"flags": " ".join(broker.flags()), "settings": broker.settings()}

    def add(self, case, setting, measure, unit, better, title, numbers, **more):
        figure = {"run": self.run["run"], "case": case, "setting": setting, "measure": measure, "title": title, "unit": unit,
                  "better": better}
        figure.update((name, rounded(value)) for name, value in numbers.items() if value is not None)
        figure.update(more)
        self.figures.append(figure)

    def save(self, path):
        if self.failed:
            self.run["failed"] = self.failed
        if self.figures:
            append(path, self.run, self.figures)


def rounded(value):
    return float("%.4g" % value) if isinstance(value, float) else value
