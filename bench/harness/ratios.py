"""From figures of single rounds to ratios, their spread, and what may be concluded."""
import statistics


def per_round(ours, theirs):
    """Ratios of the rounds in which both have a figure above zero."""
    return [a / b for a, b in zip(ours, theirs) if a and b]


def mean_of_both(first, second):
    """Kafka's figure of each round: the mean of its two nodes, or the one node when there is no second."""
    return [statistics.mean(pair) for pair in zip(first, second)] if second else list(first)


def summary(ours, first, second=()):
    """Median, least and greatest of the ratios, and of Kafka against Kafka; None where there is nothing to divide."""
    ratios = per_round(ours, mean_of_both(first, second))
    spread = per_round(first, second)
    return {
        "meridian": statistics.median(ours),
        "kafka": statistics.median(mean_of_both(first, second)) if first else None,
        "ratio": statistics.median(ratios) if ratios else None,
        "ratio_min": min(ratios, default=None),
        "ratio_max": max(ratios, default=None),
        "spread_ratio": statistics.median(spread) if spread else None,
        "spread_min": min(spread, default=None),
        "spread_max": max(spread, default=None),
        "rounds": len(ours),
    }


def tie_bounds(spread_min, spread_max):
    """Which of the two Kafkas is divided by the other is arbitrary, so a ratio ties when it or its inverse was seen."""
    return min(spread_min, 1 / spread_max), max(spread_max, 1 / spread_min)


def verdict(figure):
    """`better`, `tie` (inside the spread of Kafka against Kafka) or `worse`; empty when that spread is unknown."""
    if figure.get("ratio") is None or not figure.get("spread_min"):
        return ""
    low, high = tie_bounds(figure["spread_min"], figure["spread_max"])
    if low <= figure["ratio"] <= high:
        return "tie"
    return "better" if (figure["ratio"] > high) == (figure["better"] == "higher") else "worse"


def goal_met(figure, goal):
    """Whether a figure reaches its goal: a bound for its ratio, or for our own value, or else not to be worse. None: unknown."""
    if goal.kind == "value":
        return figure["meridian"] <= goal.bound
    if figure.get("ratio") is None:
        return None
    if goal.kind == "ratio":
        return figure["ratio"] >= goal.bound if figure["better"] == "higher" else figure["ratio"] <= goal.bound
    found = verdict(figure)
    return None if not found else found != "worse"
