"""Numbers as papers print them, beside babel's own formatting of the same ones.

    python benchmarks/write_numbers.py [--numbers 5000] [--runs 5]

Points, counts and shares as reports hold them, in both languages. Both ways round alike, so that only the
writing is compared. Told are the medians of the runs, and whether every text is the same.
"""

import argparse
import random
import time
from collections.abc import Callable
from statistics import median

from babel.numbers import format_decimal

from ksd_toolkit.messages.catalogue import LANGUAGES
from ksd_toolkit.messages.numbers import LOCALES, decimal, half_up

_PLACES = 2


def figures(many: int) -> list[float]:
    """Values from hundredths to millions, signs included."""
    drawn = random.Random(1)  # noqa: S311  nothing is secret here
    return [drawn.choice((-1, 1)) * 10 ** drawn.uniform(-2, 7) for _ in range(many)]


def ours(values: list[float]) -> list[str]:
    """As the toolkit writes them."""
    return [decimal(value, _PLACES, lang) for lang in LANGUAGES for value in values]


def by_babel(values: list[float]) -> list[str]:
    """As babel does."""
    return [
        format_decimal(half_up(value, _PLACES), format="#,##0.00", locale=LOCALES[lang])
        for lang in LANGUAGES
        for value in values
    ]


def seconds(write: Callable[[list[float]], list[str]], values: list[float], runs: int) -> float:
    """The median of some runs."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        write(values)
        took.append(time.perf_counter() - start)
    return median(took)


def main() -> None:
    """Print what writing takes either way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--numbers", type=int, default=5000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    values = figures(asked.numbers)
    own, peer = (seconds(write, values, asked.runs) for write in (ours, by_babel))
    texts = len(LANGUAGES) * len(values)
    print(f"{texts} numbers   ours {own:.3f} s   babel {peer:.3f} s, {peer / own:.1f} times ours")
    print("the same texts" if ours(values) == by_babel(values) else "texts differ")


if __name__ == "__main__":
    main()
