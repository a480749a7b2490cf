"""Floors under the scores: what was measured when they were set, less 0.01. A change that falls below one is a regression.

Floors are raised when the figures rise, and lowered only with a reason. `python benchmarks/gold.py --misses` shows what
was missed.
"""

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from speechmine.scoring import extracted_records, figures_of, read_gold, scored
from tests.samples import CORPUS

SHARED = CORPUS.parent.parent / "shared"
FLOORS: dict[str, dict[str, dict[str, float]]] = tomllib.loads(
    Path(__file__).with_name("floors.toml").read_text("utf-8")
)


@pytest.mark.parametrize(
    ("name", "gold", "texts"),
    [
        ("corpus", CORPUS / "gold", [CORPUS / "texts"]),
        ("shared", SHARED / "gold", [SHARED / "seeds", SHARED / "dev"]),
    ],
)
def test_no_figure_falls_below_its_floor(name: str, gold: Path, texts: Sequence[Path]) -> None:
    if not gold.exists():
        pytest.skip(f"this gold is not part of the repository: {gold}")
    annotated = read_gold(gold, texts)
    scores = scored(annotated, extracted_records(annotated))
    assert (scores.documents_without_record, scores.bad_offsets) == (0, 0)
    fallen = list(below(FLOORS[name], figures_of(scores)))
    assert not fallen, f"{name} gold:\n" + "\n".join(fallen)


def below(floors: dict[str, dict[str, float]], figures: dict[str, dict[str, float | int | None]]) -> Iterator[str]:
    """Tell each figure that fell, with its floor."""
    for group, table in floors.items():
        for figure, floor in table.items():
            measured = figures[group][figure]
            if measured is None or measured < floor:
                yield f"{group} {figure}: measured {measured}, floor {floor}"


def test_every_figure_has_a_floor() -> None:
    figures = {group: [name for name in table if name not in {"gold", "found"}] for group, table in empty().items()}
    for floors in FLOORS.values():
        assert {group: list(table) for group, table in floors.items()} == figures


def test_a_fallen_figure_is_told_with_its_floor() -> None:
    assert list(below({"goals": {"p": 0.9, "r": 0.9}}, {"goals": {"p": 0.8999, "r": 0.9}})) == [
        "goals p: measured 0.8999, floor 0.9"
    ]


def empty() -> dict[str, dict[str, float | int | None]]:
    return figures_of(scored([], {}))
