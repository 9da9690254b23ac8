"""How long reading takes, and how many amounts are read in words a second: part of ``make bench``."""

import random
import time
from statistics import median

from docgen.wording.words import amount_in_words, number_in_words
from docgen.workflows.build import load_plan, shipped_data


def main() -> None:
    """Print the figures."""
    folder = shipped_data() / "huong-thuy-2023"
    load_plan(folder)
    spent = []
    for _turn in range(20):
        start = time.perf_counter()
        load_plan(folder)
        spent.append((time.perf_counter() - start) * 1000)
    print(f"load and validate the sample: {median(spent):.1f} ms (median of 20)")
    chosen = random.Random(30).choices(range(10**12), k=200_000)
    for read in (number_in_words, amount_in_words):
        start = time.perf_counter()
        for number in chosen:
            read(number)
        rate = len(chosen) / (time.perf_counter() - start)
        print(f"{read.__name__}: {rate:,.0f} a second (200,000 whole numbers below 10^12)")


if __name__ == "__main__":
    main()
