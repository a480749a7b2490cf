"""A store as large as wanted, made of the sentences of the samples (and of ../shared/archive where it is there).

Each document has twenty measures. A measure is a sentence of a real record with a clause of another one behind it, other figures
in the places of its digits, an owner, a place and a date by lot. Importable: `made(measures)` yields records with their texts.
"""

import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from speechmine.extracting import Options, Outcomes, extracted
from speechmine.records import Canonical, DocumentInfo, Evidence, Goal, Measure, Mechanism, Person, Record, Speech
from speechmine.store import index, text_of

ROOT = Path(__file__).parent.parent
MEASURES_OF_A_DOCUMENT = 20
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CLAUSE = re.compile(r"[，,；;。]")
_BODIES = (
    "发改委",
    "财政局",
    "住建局",
    "工信局",
    "水利局",
    "农业农村局",
    "教育局",
    "卫健委",
    "交通运输局",
    "自然资源局",
    "统计局",
    "督查室",
)
_SYLLABLES = "临青望泽澜云碧岚东溪江海山川桥浦渚州阳平"


@dataclass(frozen=True, slots=True)
class _Model:
    """A measure as it was extracted, with what was found in its words."""

    measure: Measure
    found: tuple[Goal | Mechanism, ...]


@dataclass(frozen=True, slots=True)
class Pool:
    """What is recombined."""

    models: tuple[_Model, ...]
    clauses: tuple[str, ...]
    owners: tuple[str, ...]
    places: tuple[str, ...]
    speakers: tuple[str, ...]


def pool(archive: bool = True) -> Pool:
    """Extract the samples and take them apart."""
    folders = [ROOT / "corpus" / "texts"]
    further = ROOT.parent / "shared" / "archive" / "text"
    folders += [further] * (archive and further.is_dir())
    records = list(extracted(folders, Options(), Outcomes(), lambda message: None))
    texts = [text_of(record, folders) for record in records]
    models = [model for record in records for model in _models(record)]
    clauses = {
        clause
        for record, text in zip(records, texts, strict=True)
        if text
        for measure in record.measures
        for clause in _CLAUSE.split(measure.evidence.quote)
        if 6 <= len(clause) <= 24
    }
    places = [
        f"{first}{second}{kind}"
        for first in _SYLLABLES
        for second in _SYLLABLES
        if first != second
        for kind in "市县区"
    ]
    owners = [f"{level}{body}" for level in ("", "市", "县", "区", "省") for body in _BODIES]
    speakers = [
        f"{family}{given}" for family in "赵钱孙李周吴郑王" for given in ("建国", "志远", "晓明", "文博", "立新")
    ]
    return Pool(tuple(models), tuple(sorted(clauses)), tuple(owners), tuple(places), tuple(speakers))


def _models(record: Record) -> Iterator[_Model]:
    inside = {item.id: item for item in (*record.goals, *record.mechanisms)}
    for measure in record.measures:
        if "\n" not in measure.evidence.quote and len(measure.evidence.quote) < 150:
            place = measure.evidence
            found = [inside[id] for id in (*measure.goals, *measure.mechanisms)]
            kept = (one for one in found if place.start <= one.evidence.start and one.evidence.end <= place.end)
            yield _Model(measure, tuple(kept))


def made(measures: int, parts: Pool, seed: int = 6) -> Iterator[tuple[Record, str]]:
    """Yield documents with so many measures together, always the same ones."""
    for number in range(-(-measures // MEASURES_OF_A_DOCUMENT)):
        chance = random.Random(f"{seed} {number}")
        yield _document(number, min(MEASURES_OF_A_DOCUMENT, measures - number * MEASURES_OF_A_DOCUMENT), parts, chance)


def _document(number: int, measures: int, parts: Pool, chance: random.Random) -> tuple[Record, str]:
    id = f"{number:016x}"
    date = f"{chance.randint(2005, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    place, speaker = chance.choice(parts.places), chance.choice(parts.speakers)
    text = f"在{place}重点工作调度会上的讲话\n"
    found: list[Measure | Goal | Mechanism] = []
    for count in range(measures):
        owner = chance.choice(parts.owners)
        text += f"{owner}要"
        words, items = _recombined(chance.choice(parts.models), chance.choice(parts.clauses), chance)
        for item in items:
            start = len(text) + item.evidence.start
            quote = item.evidence.quote
            moved = Evidence(quote=quote, start=start, end=start + len(quote))
            name = f"{id}{count:02}{item.id[:6]}"
            found.append(
                replace(item, id=name, evidence=moved, owner=[owner], speech="s1", section=[], speaker=speaker)
            )
        text += words + "。" + "\n" * (count % 5 == 4)
    speech = Speech(id="s1", speaker=Person(name=speaker, title="市长"), place=place, date=date, start=0, end=len(text))
    info = DocumentInfo(
        id=id,
        source=f"{number // 1000:04}/{number:07}.txt",
        title=f"在{place}重点工作调度会上的讲话",
        reference_date=date,
    )
    record = Record(
        document=info,
        speeches=[speech],
        mechanisms=[item for item in found if isinstance(item, Mechanism)],
        goals=[item for item in found if isinstance(item, Goal)],
        measures=[item for item in found if isinstance(item, Measure)],
    )
    return record, text


def _recombined(model: _Model, clause: str, chance: random.Random) -> tuple[str, list[Measure | Goal | Mechanism]]:
    """Return the words of a new measure, and what stands in them: offsets count these words."""
    measure, begin = model.measure, model.measure.evidence.start
    words = _NUMBER.sub(lambda found: _other(found[0], chance), measure.evidence.quote) + "，" + clause
    items: list[Measure | Goal | Mechanism] = []
    for item in model.found:
        start, end = item.evidence.start - begin, item.evidence.end - begin
        placed = replace(item, evidence=Evidence(quote=words[start:end], start=start, end=end))
        items.append(_renumbered(placed, item.evidence.quote) if isinstance(placed, Goal) else placed)
    whole = Evidence(quote=words, start=0, end=len(words))
    return words, [replace(measure, text=words, evidence=whole, goals=[], mechanisms=[]), *items]


def _renumbered(goal: Goal, before: str) -> Goal:
    """Give a goal the number that its words say now."""
    old, new = _NUMBER.search(before), _NUMBER.search(goal.evidence.quote)
    if not old or not new or goal.value != Decimal(old[0]) or not goal.value:
        return goal
    value, canonical = Decimal(new[0]), goal.canonical
    if canonical is not None and canonical.value is not None:
        canonical = Canonical(value=canonical.value * value / goal.value, upper=None, unit=canonical.unit)
    return replace(goal, value=value, upper=None, canonical=canonical, pair=None)


def _other(number: str, chance: random.Random) -> str:
    """Return another number of the same length; years stay."""
    if len(number) == 4 and number[:2] in {"19", "20"}:
        return number
    return "".join(char if char == "." else chance.choice("123456789") for char in number)


def make_store(path: Path, measures: int, parts: Pool | None = None) -> None:
    """Make a store with so many measures."""
    index(made(measures, parts or pool()), path)


if __name__ == "__main__":
    make_store(Path(sys.argv[1]), int(sys.argv[2]))
