import unittest

from harness.goals import Goal
from harness.ratios import goal_met, per_round, summary, tie_bounds, verdict


def figure(ratio, spread=(0.9, 1.05), better="lower", ours=1.0):
    return {"ratio": ratio, "spread_min": spread[0], "spread_max": spread[1], "better": better, "meridian": ours}


class RatiosTest(unittest.TestCase):
    def test_ratio_is_the_median_of_the_ratios_of_rounds_and_not_the_ratio_of_medians(self):
        found = summary([1.0, 4.0, 9.0], [2.0, 4.0, 3.0], [2.0, 4.0, 3.0])
        self.assertEqual((found["ratio"], found["ratio_min"], found["ratio_max"]), (1.0, 0.5, 3.0))
        self.assertEqual((found["meridian"], found["kafka"], found["rounds"]), (4.0, 3.0, 3))

    def test_ours_is_divided_by_the_mean_of_both_kafkas_and_they_by_each_other(self):
        found = summary([3.0], [2.0], [4.0])
        self.assertEqual((found["ratio"], found["spread_ratio"]), (1.0, 0.5))

    def test_without_a_second_kafka_there_is_no_spread(self):
        found = summary([3.0], [2.0])
        self.assertEqual((found["ratio"], found["spread_min"]), (1.5, None))

    def test_rounds_without_a_figure_on_a_side_have_no_ratio(self):
        self.assertEqual(per_round([1.0, 0.0, 2.0], [0.0, 2.0, 4.0]), [0.5])

    def test_a_spread_counts_in_both_directions(self):
        low, high = tie_bounds(0.8, 1.1)
        self.assertAlmostEqual(low, 0.8)
        self.assertAlmostEqual(high, 1.25)
        low, high = tie_bounds(1.02, 1.25)
        self.assertAlmostEqual(low, 0.8)


class VerdictTest(unittest.TestCase):
    def test_a_ratio_inside_the_spread_is_a_tie(self):
        self.assertEqual(verdict(figure(0.95)), "tie")
        self.assertEqual(verdict(figure(1.10)), "tie")  # 1 / 0.9 is 1.11

    def test_outside_the_spread_it_depends_on_what_is_better(self):
        self.assertEqual(verdict(figure(0.5)), "better")
        self.assertEqual(verdict(figure(0.5, better="higher")), "worse")
        self.assertEqual(verdict(figure(1.5)), "worse")
        self.assertEqual(verdict(figure(1.5, better="higher")), "better")

    def test_nothing_is_said_without_a_spread(self):
        self.assertEqual(verdict({"ratio": 0.5, "better": "lower"}), "")


class GoalTest(unittest.TestCase):
    def test_a_bound_for_a_ratio_is_a_floor_for_rates_and_a_ceiling_for_costs(self):
        self.assertTrue(goal_met(figure(0.5), Goal("ratio", 0.5)))
        self.assertFalse(goal_met(figure(0.51), Goal("ratio", 0.5)))
        self.assertTrue(goal_met(figure(1.2, better="higher"), Goal("ratio", 1.2)))
        self.assertFalse(goal_met(figure(1.19, better="higher"), Goal("ratio", 1.2)))

    def test_a_bound_for_our_value_needs_no_kafka(self):
        self.assertTrue(goal_met({"meridian": 0.4, "better": "lower"}, Goal("value", 0.5)))

    def test_not_worse_is_met_by_a_tie_and_unknown_without_a_spread(self):
        self.assertTrue(goal_met(figure(1.1), Goal("tie", None)))
        self.assertFalse(goal_met(figure(1.2), Goal("tie", None)))
        self.assertIsNone(goal_met({"ratio": 1.2, "better": "lower"}, Goal("tie", None)))


if __name__ == "__main__":
    unittest.main()
