"""What a value costs as a frozen dataclass and as a msgspec struct: its class, one of it, one changed.

python benchmarks/values.py
"""

import dataclasses
import timeit
from collections.abc import Callable

import msgspec


def dataclass() -> type:
    """Define four fields as a frozen dataclass."""
    return dataclasses.make_dataclass(
        "Value", [("start", int), ("end", int), ("text", str), ("kind", int)], frozen=True, slots=True
    )


def struct() -> type:
    """Define the same as a struct."""
    return msgspec.defstruct("Value", [("start", int), ("end", int), ("text", str), ("kind", int)], frozen=True)


def microseconds(work: Callable[[], object], times: int) -> float:
    """Return the time of one call, the best of five rounds."""
    return min(timeit.repeat(work, number=times, repeat=5)) / times * 1e6


def main() -> None:
    """Print the table."""
    print(f"{'microseconds':16}{'the class':>12}{'one made':>12}{'changed':>12}")
    for name, define, replace in (
        ("dataclass", dataclass, dataclasses.replace),
        ("msgspec struct", struct, msgspec.structs.replace),
    ):
        made = define()
        value = made(1, 2, "词", 3)
        costs = (
            microseconds(define, 50),
            microseconds(lambda made=made: made(1, 2, "词", 3), 100_000),  # type: ignore[misc]
            microseconds(lambda value=value, replace=replace: replace(value, end=4), 100_000),  # type: ignore[misc]
        )
        print(f"{name:16}" + "".join(f"{cost:12.2f}" for cost in costs))


if __name__ == "__main__":
    main()
