"""How much random tests draw: enough to find what is there, many times as much in `make soak`.

Each run draws anew. What fails is printed: an example of hypothesis as a line
`@reproduce_failure`, the seed of a `chance` as SEED=N, which brings the same draws again.
"""

from __future__ import annotations

import os
import random

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("DRAWS", "1"))


def draws(count: int) -> settings:
    """Settings of a test that draws so many examples, or in a soak as many times more."""
    return settings(max_examples=count * TIMES)


def chance() -> random.Random:
    """A source of randomness whose seed is printed, which a failed test shows; SEED=N sets it."""
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(2**32))
    print(f"SEED={seed}")
    return random.Random(seed)


def begin() -> None:
    """The settings of all random tests. Nothing in them looks at a clock."""
    slow = [HealthCheck.too_slow]
    settings.register_profile(
        *("kg", draws(100)),
        deadline=None, database=None, print_blob=True, suppress_health_check=slow,
    )  # fmt: skip
    settings.load_profile("kg")
