import unittest

from harness import cases, speed
from harness.goals import GOALS


class ReadingTest(unittest.TestCase):
    def test_the_last_summary_of_the_producer_tool_counts(self):
        lines = [["1 records sent, 5.0 records/sec (0.10 MB/sec), 1.00 ms avg latency, 2.00 ms max latency",
                  "600000 records sent, 300000.5 records/sec (292.97 MB/sec), 3.2 ms avg latency, 90.0 ms max latency."]]
        self.assertEqual(cases.read_produced(1024, False)(lines), {"rate": 292.97})
        self.assertEqual(cases.read_produced(100, True)(lines), {"rate": 300.0005})

    def test_one_consumer_tells_its_rate_without_the_time_to_join(self):
        row = "2026-01-01 10:00:00:000, 2026-01-01 10:00:04:000, 1000.0, 250.0, 1024000, 256000.0, 500, 3500, 285.7, 292571.4"
        self.assertEqual(cases.consumed([[row]], "MiB/s"), 285.7)
        self.assertAlmostEqual(cases.consumed([[row]], "thousand records/s"), 292.5714)

    def test_several_consumers_together_from_the_first_start_to_the_last_end(self):
        rows = [["2026-01-01 10:00:00:000, 2026-01-01 10:00:03:000, 300.0, 0, 0, 0, 0, 0, 0, 0"],
                ["2026-01-01 10:00:00:500, 2026-01-01 10:00:04:000, 300.0, 0, 0, 0, 0, 0, 0, 0"]]
        self.assertEqual(cases.consumed(rows, "MiB/s"), 150.0)

    def test_quantiles_are_those_of_the_last_line(self):
        self.assertEqual(cases.read_quantiles([["noise", "p50=0.4100 p99=3.2000"]]), {"p50": 0.41, "p99": 3.2})


class PlanTest(unittest.TestCase):
    def test_everyone_comes_first_in_turn(self):
        self.assertEqual([speed.turns(["a", "b", "c"], number)[0] for number in range(-2, 4)], ["b", "c", "a", "b", "c", "a"])

    def test_suites_pick_the_settings_they_are_about(self):
        lz4 = cases.CASES["produce-100b-lz4"]
        self.assertEqual(speed.settings_of(lz4, ["speed"]), ["os", "os strict"])
        self.assertEqual(speed.settings_of(lz4, ["durable"]), ["ack"])
        self.assertEqual(speed.settings_of(cases.CASES["consume-1k"], ["durable"]), [])

    def test_every_goal_is_about_a_figure_that_is_taken(self):
        for case, setting, measure in GOALS:
            if case in cases.CASES:
                self.assertIn(setting, cases.CASES[case].settings)
                self.assertIn(measure, cases.CASES[case].units())


if __name__ == "__main__":
    unittest.main()
