import unittest

from harness import history, micro


class MicroTest(unittest.TestCase):
    def test_operations_are_named_in_words(self):
        self.assertEqual(micro.operation("io.meridian.bench.jmh.BatchValidationBenchmark.lz4Strict"), "batch validation lz4 strict")

    def test_time_and_allocation_are_figures_and_less_than_a_byte_is_none(self):
        recorder = history.Recorder({"run": "now"})
        micro.record(recorder, [{"benchmark": "a.DecodeBenchmark.fetch", "primaryMetric": {"score": 123.456, "scoreError": "NaN"},
                                 "secondaryMetrics": {"gc.alloc.rate": {"score": 9.0}, "gc.alloc.rate.norm": {"score": 0.001}}}])
        self.assertEqual([(figure["measure"], figure["meridian"]) for figure in recorder.figures],
                         [("time", 123.5), ("allocation", 0.0)])


if __name__ == "__main__":
    unittest.main()
