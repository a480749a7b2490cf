"""What a run past one machine comes to: `python benchmarks/scale.py`; docs/scale.md quotes it.

No cluster is needed: workers, the one process that feeds them and writes down what comes back, and the losses of cheap
machines are simulated from costs measured by benchmarks/run.py. Three tables: how many workers one run can feed, what
losses cost, and how evenly partitions are done.
"""

import argparse
import heapq
import random
from dataclasses import dataclass

BATCH_BYTES = 200_000
BATCH_MOST = 64
REBOOT = 180.0  # seconds until a lost machine is replaced


@dataclass(frozen=True)
class Costs:
    """Seconds, as measured."""

    per_megabyte: float
    per_document_here: float  # of the process that feeds and writes down
    mean_kilobytes: float


def batch(chance: random.Random, costs: Costs) -> tuple[int, float]:
    """Return documents and megabytes of one batch; lengths are lognormal, as those of real pages are."""
    documents, size = 0, 0.0
    while documents < BATCH_MOST and size < BATCH_BYTES / 1e6:
        size += chance.lognormvariate(0.0, 1.2) / 2.05 * costs.mean_kilobytes / 1e3  # exp(1.2² / 2) = 2.05
        documents += 1
    return documents, size


def fed(workers: int, costs: Costs, losses_an_hour: float = 0.0, seconds: float = 1200.0) -> tuple[float, float]:
    """Simulate a run for a while; return documents a second, and the share of the workers' time that was of use."""
    chance = random.Random(workers)
    free_at, done, useful = 0.0, 0, 0.0  # of the one process; documents; seconds of workers
    events = [(chance.random(), worker, 0, 0.0) for worker in range(workers)]
    heapq.heapify(events)
    while events[0][0] < seconds:
        now, worker, documents, worked = heapq.heappop(events)
        # A worker comes back with results: they are written down, and it takes the next batch.
        free_at = max(free_at, now) + documents * costs.per_document_here
        done, useful = done + documents, useful + worked
        documents, size = batch(chance, costs)
        worked = size * costs.per_megabyte
        lost = chance.expovariate(losses_an_hour / 3600) if losses_an_hour else seconds * 2
        if lost < worked:  # the batch is done again by another; this worker is gone for a while
            heapq.heappush(events, (free_at + lost + REBOOT, worker, 0, 0.0))
        else:
            # Two batches are always under way for each worker: it waits only where the queue is longer than that.
            heapq.heappush(events, (max(now, free_at - worked) + worked, worker, documents, worked))
    return done / seconds, useful / workers / seconds


def partitions(runs: int, count: int) -> tuple[float, float]:
    """Return how much longer than the mean the last of so many machines works: partitions dealt out, and taken in turn."""
    chance = random.Random(runs * count)
    sizes = [chance.lognormvariate(0.0, 0.5) for _ in range(count)]
    mean = sum(sizes) / runs
    dealt = max(sum(sizes[machine::runs]) for machine in range(runs))
    taken = [0.0] * runs
    for size in sizes:
        heapq.heapreplace(taken, taken[0] + size)
    return dealt / mean, max(taken) / mean


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--per-megabyte", type=float, default=6.0, help="seconds of a worker (benchmarks/run.py)")
    parser.add_argument("--here", type=float, default=1.0, help="milliseconds of the feeding process for a document")
    parser.add_argument("--kilobytes", type=float, default=6.0, help="mean size of a document")
    options = parser.parse_args()
    costs = Costs(options.per_megabyte, options.here / 1e3, options.kilobytes)
    print(
        f"{options.per_megabyte} s/MB, {options.here} ms a document in the feeding process, {options.kilobytes} KB a document"
    )
    print(f"\n{'workers':>8}{'documents/s':>13}{'of use':>9}{'10 million, hours':>19}")
    for workers in (2, 16, 32, 64, 128, 256):
        rate, use = fed(workers, costs)
        print(f"{workers:8}{rate:13,.0f}{use:9.1%}{1e7 / rate / 3600:19.1f}")
    print(f"\n{'losses of a machine an hour':>28}{'of use, 32 workers':>20}")
    for losses in (0.0, 0.1, 1.0, 10.0):
        print(f"{losses:28}{fed(32, costs, losses, 7200)[1]:20.1%}")
    print(f"\n{'machines':>9}{'partitions':>12}{'dealt out, last / mean':>24}{'taken in turn':>15}")
    for machines, count in ((10, 10), (10, 100), (10, 1000), (100, 1000), (100, 10_000)):
        dealt, taken = partitions(machines, count)
        print(f"{machines:9}{count:12,}{dealt:24.2f}{taken:15.2f}")


if __name__ == "__main__":
    main()
