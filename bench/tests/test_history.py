import os
import tempfile
import unittest

from harness import history, report


def recorder(run, commit):
    return history.Recorder({"run": run, "date": run + " UTC", "commit": commit, "command": "bench/run"})


def add(to, case, ratio, setting="os"):
    to.add(case, setting, "cpu", "s/GB", "lower", case, {
        "meridian": ratio * 2.0, "kafka": 2.0, "ratio": ratio, "ratio_min": ratio, "ratio_max": ratio, "spread_min": 0.95,
        "spread_max": 1.02, "rounds": 7}, cores={"meridian": 0.5, "kafka": 0.9, "client beside meridian": 1.2,
                                                 "client beside kafka": 1.1, "others": 0.01})


class HistoryTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.history, self.results = (os.path.join(folder.name, name) for name in ("history.jsonl", "RESULTS.md"))

    def recorded(self, run, commit, **ratios):
        one = recorder(run, commit)
        for case, ratio in ratios.items():
            add(one, case.replace("_", "-"), ratio)
        one.save(self.history)

    def report(self):
        report.write(self.history, self.results)
        with open(self.results) as file:
            return file.read()

    def test_a_partial_run_leaves_all_other_figures_as_they_were(self):
        self.recorded("2026-01-01 10:00", "aaaaaaa", produce_1k_acks_all=0.6, consume_1k=0.9)
        with open(self.history) as file:
            before = file.read()
        self.recorded("2026-01-02 10:00", "bbbbbbb", produce_1k_acks_all=0.5)
        with open(self.history) as file:
            self.assertTrue(file.read().startswith(before))
        newest = self.report().split("## History")[0]
        self.assertIn("| 0.50 (0.50..0.50) | 0.95..1.02 | better | ≤ 0.5: met | 7 | 2026-01-02 10:00 |", newest)
        self.assertIn("| 0.90 (0.90..0.90) | 0.95..1.02 | better | ≤ 1.0: met | 7 | 2026-01-01 10:00 |", newest)

    def test_history_tells_every_value_of_a_figure_oldest_first(self):
        self.recorded("2026-01-01 10:00", "aaaaaaa", consume_1k=0.9)
        self.recorded("2026-01-02 10:00", "bbbbbbb", consume_1k=0.8)
        self.assertIn("0.90 (2026-01-01 aaaaaaa), 0.80 (2026-01-02 bbbbbbb)", self.report())

    def test_a_missed_goal_is_marked(self):
        self.recorded("2026-01-01 10:00", "aaaaaaa", produce_1k_acks_all=0.7)
        self.assertIn("≤ 0.5: **missed**", self.report())

    def test_a_run_without_figures_is_not_recorded(self):
        recorder("2026-01-01 10:00", "aaaaaaa").save(self.history)
        self.assertFalse(os.path.exists(self.history))

    def test_the_checked_in_results_are_those_of_the_checked_in_history(self):
        bench = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        report.write(os.path.join(bench, "history.jsonl"), self.results)
        with open(os.path.join(bench, "RESULTS.md")) as file, open(self.results) as again:
            self.assertEqual(file.read(), again.read(), "run bench/run --report")


if __name__ == "__main__":
    unittest.main()
