"""The fields of a mark as Label Studio asks for them: choices, numbers and lines of text, and its labelling config."""

import re
from collections.abc import Callable, Iterator
from typing import Literal, get_args
from xml.sax.saxutils import quoteattr

import msgspec

from speechmine.annotating.labels import COLOURS, GOAL_COMMITMENTS, KINDS, MEASURE_COMMITMENTS, STATUSES
from speechmine.annotating.sheets import Item
from speechmine.records import Comparator, QuantityKind

LABELS, TEXT = "label", "text"
"""Names of the labels and of the text in the config."""

Answer = float | tuple[str, ...]
"""What stands in a control: a number, the choice made, or lines of text."""

_PAIR = re.compile(r"(P(?:\d+[DWMY])+|PT\d+H|regular|irregular) (.+)", re.DOTALL)


class Control(msgspec.Struct, frozen=True):
    """One field.

    Attributes:
        group: The group of marks that have it.
        field: Its name in the gold.
        type: How Label Studio asks for it.
        choices: What can be chosen.
        required: Whether a mark must say it.
        labels: The labels under which it is asked for, where not under all of its group.
    """

    group: str
    field: str
    type: Literal["choices", "number", "textarea"]
    choices: tuple[str, ...] = ()
    required: bool = False
    labels: str = ""

    @property
    def name(self) -> str:
        """Its name in the config."""
        return f"{self.group}_{self.field}"

    def answer(self, item: Item) -> Answer | None:
        """Return what a mark says in it."""
        value = getattr(item, self.field)
        if value is None or value == []:
            return None
        if self.type == "number":
            return float(value)
        parts = value if isinstance(value, list) else [value]
        return tuple(part if isinstance(part, str) else " ".join(part) for part in parts)

    def value(self, answer: Answer | None) -> object:
        """Return what an answer means in the gold."""
        if answer is None or isinstance(answer, float):
            return answer
        lines = [line.strip() for part in answer for line in part.split("\n") if line.strip()]
        if self.field == "components":
            return [pair.groups() if (pair := _PAIR.fullmatch(line)) else line for line in lines] or None
        return "、".join(lines) or None


_QUANTITY_LABELS = "goal,result,context"
CONTROLS = (
    Control("mechanism", "kind", "choices", KINDS, required=True),
    Control("mechanism", "status", "choices", STATUSES, required=True),
    Control("mechanism", "components", "textarea"),
    Control("quantity", "value", "number"),
    Control("quantity", "upper", "number"),
    Control("quantity", "unit", "textarea"),
    Control("quantity", "cmp", "choices", get_args(Comparator), required=True),
    Control("quantity", "kind", "choices", get_args(QuantityKind), required=True),
    Control("quantity", "metric", "textarea"),
    Control("quantity", "deadline", "textarea"),
    Control("quantity", "commitment", "choices", GOAL_COMMITMENTS, labels="goal"),
    Control("measure", "owner", "textarea"),
    Control("measure", "commitment", "choices", MEASURE_COMMITMENTS, required=True),
    Control("measure", "deadline", "textarea"),
    Control("measure", "speaker", "textarea"),
)


def controls_of(group: str) -> list[Control]:
    """List the fields of a group."""
    return [control for control in CONTROLS if control.group == group]


def config() -> bytes:
    """Return the labelling config (Settings > Labeling Interface > Code)."""
    labels = [f"    <Label {_attributes(value=label, background=colour)}/>" for label, colour in COLOURS.items()]
    lines = [
        "<View>",
        "  <Style>.htx-text { white-space: pre-wrap; }</Style>",
        f"  <Labels {_attributes(name=LABELS, toName=TEXT, choice='single')}>",
        *labels,
        "  </Labels>",
        f"  <Text {_attributes(name=TEXT, value='$text', granularity='symbol')}/>",
        *(line for control in CONTROLS for line in _asked(control)),
        "</View>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _asked(control: Control) -> Iterator[str]:
    labels = control.labels or (_QUANTITY_LABELS if control.group == "quantity" else control.group)
    when = {"visibleWhen": "region-selected", "whenTagName": LABELS, "whenLabelValue": labels}
    yield f"  <View {_attributes(**when)}>"
    yield f"    <Header {_attributes(value=control.field, size='5')}/>"
    yield from _TAGS[control.type](control, _attributes(name=control.name, toName=TEXT, perRegion="true"))
    yield "  </View>"


def _choices(control: Control, attributes: str) -> Iterator[str]:
    yield f'    <Choices {attributes} choice="single" showInline="true">'
    for choice in control.choices:
        yield f"      <Choice {_attributes(value=choice)}/>"
    yield "    </Choices>"


def _number(control: Control, attributes: str) -> Iterator[str]:
    yield f'    <Number {attributes} step="0.01"/>'


def _textarea(control: Control, attributes: str) -> Iterator[str]:
    most = "" if control.field == "components" else ' maxSubmissions="1"'
    yield f'    <TextArea {attributes} editable="true"{most}/>'


_TAGS: dict[str, Callable[[Control, str], Iterator[str]]] = {
    "choices": _choices,
    "number": _number,
    "textarea": _textarea,
}


def _attributes(**values: str) -> str:
    return " ".join(f"{name}={quoteattr(value)}" for name, value in values.items())
