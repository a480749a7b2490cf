"""The judge of the annotation guide gives the same figures and misses, item by item, also on damaged records."""

import importlib.util
import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from types import ModuleType
from typing import Any, TypeVar

import pytest
from msgspec.structs import replace

from speechmine.exporting.jsonl import json_line
from speechmine.records import (
    Deadline,
    Figure,
    Goal,
    Measure,
    Mechanism,
    Record,
)
from speechmine.scoring import (
    Annotated,
    Miss,
    as_json,
    extracted_records,
    read_gold,
    scored,
)
from tests.samples import CORPUS
from tests.scoring_samples import (
    MONTHLY,
    WEEKLY,
)

SHARED = CORPUS.parent.parent / "shared"
JUDGE = SHARED / "tools" / "score.py"


def judge() -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge", JUDGE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SETS = {
    "corpus": (CORPUS / "gold", [CORPUS / "texts"]),
    "shared": (SHARED / "gold", [SHARED / "seeds", SHARED / "dev"]),
}


@pytest.fixture(scope="module", params=SETS)
def annotated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Annotated], dict[str, Record], Callable[[dict[str, Record]], tuple[dict[str, Any], list[str]]]]:
    if not JUDGE.exists():
        pytest.skip(f"the judge to compare with is not here: {JUDGE}")
    gold, folders = SETS[request.param]
    texts = tmp_path_factory.mktemp("texts")
    for path in (path for folder in folders for path in folder.glob("*.txt")):
        shutil.copy(path, texts)
    ours, module = read_gold(gold, folders), judge()
    theirs = module.load_gold(gold, texts)
    assert module.check(theirs) == []

    def judged(records: dict[str, Record]) -> tuple[dict[str, Any], list[str]]:
        as_objects = {name: json.loads(json_line(record)) for name, record in records.items()}
        figures, misses = module.score(theirs, as_objects)
        return figures, misses

    return ours, extracted_records(ours), judged


Judged = tuple[list[Annotated], dict[str, Record], Callable[[dict[str, Record]], tuple[dict[str, Any], list[str]]]]

_THEIRS = re.compile(r"(?P<document>\S+) (?P<group>mechanism|quantity|measure) (?:(?P<verdict>missed|spurious): (?P<quote>.*)"
                     r"|(?P<wrong>'.*'|\".*\"): wrong (?P<fields>[a-z, ]+): .*)", re.DOTALL)  # fmt: skip


def as_theirs(misses: Iterable[Miss]) -> Counter[tuple[str, ...]]:
    """Write our misses as the judge does; it tells wrong fields of quantities only, and no commitment."""
    lines: Counter[tuple[str, ...]] = Counter()
    for miss in misses:
        fields = [name for name in miss.fields if name != "commitment"]
        if miss.verdict == "wrong" and miss.group == "quantity" and fields:
            lines[miss.document, miss.group, repr(miss.quote), ", ".join(fields)] += 1
        elif miss.verdict != "wrong":
            lines[
                miss.document, miss.group, miss.verdict, miss.quote[:60] if miss.group == "measure" else miss.quote
            ] += 1
    return lines


def read_theirs(lines: Iterable[str]) -> Counter[tuple[str, ...]]:
    read: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        part = _THEIRS.fullmatch(line)
        assert part is not None, line
        if part["wrong"]:
            read[part["document"], part["group"], part["wrong"], part["fields"]] += 1
            continue
        bare = re.compile(r" \([^()]*(?:\([^()]*\)[^()]*)*, (?:goal|result|context)\)$")
        quote = (
            bare.sub("", part["quote"]) if (part["group"], part["verdict"]) == ("quantity", "missed") else part["quote"]
        )
        read[part["document"], part["group"], part["verdict"], quote] += 1
    return read


def agree(annotated: Judged, records: dict[str, Record]) -> None:
    ours, _, judged = annotated
    scores = scored(ours, records)
    figures, misses = judged(records)
    assert json.loads(as_json(scores)) == figures
    assert list(json.loads(as_json(scores))) == list(figures)
    assert as_theirs(scores.misses) == read_theirs(misses)


def test_the_judge_gives_the_same_figures_and_misses(annotated: Judged) -> None:
    agree(annotated, annotated[1])


def test_the_judge_agrees_where_nothing_is_found(annotated: Judged) -> None:
    agree(annotated, {})


@pytest.mark.parametrize("seed", range(6))
def test_the_judge_agrees_on_damaged_records(annotated: Judged, seed: int) -> None:
    chance = random.Random(seed)
    kept = {name: record for name, record in annotated[1].items() if chance.random() < 0.9}
    agree(annotated, {name: damaged(record, chance) for name, record in kept.items()})


Found = TypeVar("Found", Mechanism, Goal, Figure, Measure)


def damaged(record: Record, chance: random.Random) -> Record:
    """Lose, double and shift findings, and change their fields: what extraction could do wrong."""
    return replace(
        record,
        mechanisms=_changed(record.mechanisms, chance, kind="formula", status="proposed", components=[WEEKLY, MONTHLY]),
        goals=_changed(
            record.goals, chance, value=None, upper=Decimal("0.1"), unit=None, kind="rank", commitment="expect",
            metric="投资、", deadline=Deadline(text="", edtf="2024"),
        ),
        figures=_changed(
            record.figures, chance, value=Decimal("1E+3"), unit="个", comparator="~", role="context", metric=None,
            deadline=None,
        ),
        measures=_changed(record.measures, chance, owner=["市发改委", "各县区"], commitment="prohibit"),
    )  # fmt: skip


def _changed(items: list[Found], chance: random.Random, **changes: object) -> list[Found]:
    found = [item for item in items for _ in range(chance.choice([0, 1, 1, 1, 1, 1, 2]))]
    chance.shuffle(found)
    return [_shifted(replace(item, **_some(changes, chance)), chance) for item in found]


def _some(changes: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    return {name: value for name, value in changes.items() if chance.random() < 0.15}


def _shifted(item: Found, chance: random.Random) -> Found:
    at = item.evidence
    reach = max(1, (at.end - at.start) // 2)
    start = max(0, at.start + chance.choice([0, 0, 0, -1, 1, -reach, reach]))
    end = max(start + 1, at.end + chance.choice([0, 0, 0, -1, 1, -reach, reach]))
    return replace(item, evidence=replace(at, start=start, end=end))
