"""The names under which tools show marks: five short ones, or long ones that say the chief field too.

``mechanism:cadence:required``, ``goal:ensure``, ``result``, ``context``, ``measure:must``.
"""

from collections.abc import Mapping
from typing import get_args

import msgspec

from speechmine.annotating.sheets import Item
from speechmine.errors import SpeechmineError
from speechmine.records import GoalCommitment, MeasureCommitment, MechanismKind, Status
from speechmine.scoring import GoldMechanism, GoldQuantity

KINDS: tuple[str, ...] = get_args(MechanismKind)
STATUSES: tuple[str, ...] = get_args(Status)
GOAL_COMMITMENTS: tuple[str, ...] = get_args(GoalCommitment)
MEASURE_COMMITMENTS: tuple[str, ...] = get_args(MeasureCommitment)

COLOURS = {"mechanism": "#7c3aed", "goal": "#dc2626", "result": "#059669", "context": "#64748b", "measure": "#2563eb"}
"""The five labels, with colours that can be told apart."""

Fields = Mapping[str, object]


class Named(msgspec.Struct, frozen=True):
    """What a label says: the group, and the fields that it sets."""

    group: str
    fields: Fields


def label_of(item: Item) -> str:
    """Return the short label of a mark."""
    if isinstance(item, GoldQuantity):
        return item.role
    return "mechanism" if isinstance(item, GoldMechanism) else "measure"


def long_label(item: Item) -> str:
    """Return the label that also says what decides most: the kind and status, or the commitment."""
    if isinstance(item, GoldMechanism):
        return f"mechanism:{item.kind}:{item.status}"
    if isinstance(item, GoldQuantity) and item.role != "goal":
        return item.role
    return f"{label_of(item)}:{item.commitment}" if item.commitment else label_of(item)


def long_labels() -> dict[str, str]:
    """List every long label with its colour, for a tool that wants to know them beforehand."""
    ends = {
        "mechanism": [f":{kind}:{status}" for kind in KINDS for status in STATUSES],
        "goal": [f":{commitment}" for commitment in GOAL_COMMITMENTS],
        "measure": [f":{commitment}" for commitment in MEASURE_COMMITMENTS],
    }
    return {label + end: colour for label, colour in COLOURS.items() for end in ends.get(label, [""])}


def named(label: str, where: str) -> Named:
    """Read a label, long or short, or the bare kind of a mechanism.

    Raises:
        SpeechmineError: It is none of ours.

    >>> named("goal:strive", "a.txt")
    Named(group='quantity', fields={'role': 'goal', 'commitment': 'strive'})
    >>> named("cadence", "a.txt").fields
    {'kind': 'cadence'}
    """
    head, *rest = label.split(":")
    if head in KINDS:
        head, rest = "mechanism", [head, *rest]
    fields: dict[str, object] = {}
    for word in rest:
        name = _field(head, word)
        if name is None or name in fields:
            head = ""
            break
        fields[name] = word
    if head in {"mechanism", "measure"}:
        return Named(head, fields)
    if head in COLOURS:
        return Named("quantity", {"role": head, **fields})
    hint = f"Labels are {', '.join(COLOURS)}, or longer: goal:ensure, measure:must, mechanism:cadence:required."
    raise SpeechmineError(f"the label {label!r} is not known", where, hint)


def _field(head: str, word: str) -> str | None:
    """Say which field of a group a word is a value of."""
    names = {
        "mechanism": {**dict.fromkeys(KINDS, "kind"), **dict.fromkeys(STATUSES, "status")},
        "goal": dict.fromkeys(GOAL_COMMITMENTS, "commitment"),
        "measure": dict.fromkeys(MEASURE_COMMITMENTS, "commitment"),
    }
    return names.get(head, {}).get(word)


def with_fields(item: Item, fields: Fields, where: str) -> Item:
    """Set fields of a mark.

    Raises:
        SpeechmineError: A value cannot be meant (docs/gold.md).
    """
    table = {**msgspec.to_builtins(item), **fields}
    turned = isinstance(item, GoldMechanism) and (item.kind == "cadence") != (table["kind"] == "cadence")
    if turned and "components" not in fields:  # the parts of a cadence are none of another mechanism's
        table["components"] = [] if table["kind"] == "cadence" else None
    if isinstance(item, GoldQuantity) and item.role == "goal" != table["role"]:
        table["commitment"] = None
    try:
        return msgspec.convert(table, type(item))
    except msgspec.ValidationError as error:
        raise SpeechmineError(f"「{item.quote}」: {error}", where, "docs/gold.md tells what fields may say.") from error
