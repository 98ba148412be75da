"""What JMH says, as figures."""
import re


def record(recorder, results):
    """Time and allocation of each operation; JMH's score is a mean, its error half a confidence interval of 99.9 %."""
    for result in results:
        name = operation(result["benchmark"])
        time = result["primaryMetric"]
        recorder.add("jmh-" + name.replace(" ", "-"), "", "time", "ns", "lower", name,
                     {"meridian": time["score"], "error": finite(time["scoreError"])})
        for metric, found in result["secondaryMetrics"].items():
            if metric.endswith("gc.alloc.rate.norm"):
                # Below one byte it is the harness itself.
                allocated = found["score"] if found["score"] >= 1 else 0.0
                recorder.add("jmh-" + name.replace(" ", "-"), "", "allocation", "bytes allocated", "lower", name,
                             {"meridian": allocated})


def operation(benchmark):
    """`io.meridian.bench.jmh.BatchValidationBenchmark.lz4Strict` as `batch validation lz4 strict`."""
    owner, method = benchmark.split(".")[-2:]
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", owner.removesuffix("Benchmark") + " " + method[0].upper() + method[1:])
    return words.lower()


def finite(value):
    """JMH writes NaN as text when one iteration leaves no interval."""
    return value if isinstance(value, (int, float)) and value == value else None
