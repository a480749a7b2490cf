"""Label Studio: a JSON array of tasks; each mark is a region, each of its fields a result of the same region.

Offsets count characters (code points) since 2022 (label-studio-frontend #308, label-studio #6135), UTF-16 code units
before; the words that a region quotes tell which. Ids of regions stay (docs: guide/predictions, "result IDs stay the
same"). Formats: docs guide/task_format and includes/result_format.
"""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from speechmine import __version__
from speechmine.annotating.controls import LABELS, TEXT, Answer, Control, controls_of
from speechmine.annotating.labels import label_of, named
from speechmine.annotating.parcel import Sent, packed, unpacked
from speechmine.annotating.returning import Region, returned
from speechmine.annotating.sheets import Mark, Sheet
from speechmine.annotating.shown import CodeUnits
from speechmine.annotating.writing import json_text
from speechmine.errors import SpeechmineError
from speechmine.spans import Span

_HINT = "Give the JSON that Label Studio exports (Export > JSON, not JSON-MIN)."

Say = Callable[[str], None]


class _Value(msgspec.Struct, frozen=True, kw_only=True):
    start: int | None = None
    end: int | None = None
    text: str | list[str] | None = None
    labels: list[str] = []
    choices: list[str] | None = None
    number: float | None = None


class _Result(msgspec.Struct, frozen=True, kw_only=True):
    id: str = ""
    from_name: str = ""
    type: str
    value: _Value = _Value()


class _Annotation(msgspec.Struct, frozen=True, kw_only=True):
    result: list[_Result]
    was_cancelled: bool | None = None
    ground_truth: bool | None = None
    updated_at: str | None = None


class _Data(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    speechmine: str


class _Task(msgspec.Struct, frozen=True, kw_only=True):
    id: int | str = ""
    data: _Data
    annotations: list[_Annotation] = []

    @property
    def verdict(self) -> _Annotation | None:
        """The annotation that counts: ground truth before others, the last before earlier ones, none that was skipped."""
        done = [one for one in self.annotations if not one.was_cancelled]
        ranked = sorted(
            enumerate(done), key=lambda pair: (bool(pair[1].ground_truth), pair[1].updated_at or "", pair[0])
        )
        return ranked[-1][1] if ranked else None


def tasks(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """Write documents for Label Studio, in pieces of one JSON array."""
    separator = b"["
    for sheet in sheets:
        yield separator + b"\n" + json_text(_task(sheet))
        separator = b","
    yield b"[]\n" if separator == b"[" else b"\n]\n"


def _task(sheet: Sheet) -> object:
    sent = Sent.of(sheet)
    results = [result for mark in sheet.marks for result in _results(mark, sent)]
    return {
        "data": {"text": sent.shown.text, "file": sheet.name, "speechmine": packed(sent)},
        "predictions": [{"model_version": f"speechmine {__version__}", "result": results}],
    }


def _results(mark: Mark, sent: Sent) -> Iterator[object]:
    span = sent.span(mark)
    words = {"start": span.start, "end": span.end, "text": span.cut(sent.shown.text)}
    head = {"id": mark.id, "to_name": TEXT, "origin": "prediction"}
    labels = [label_of(mark.item)]
    yield {**head, "from_name": LABELS, "type": "labels", "value": {**words, "labels": labels}}
    for control in controls_of(mark.group):
        answer = control.answer(mark.item)
        if answer is not None:
            key = "text" if control.type == "textarea" else control.type
            value = {**words, key: answer}
            yield {**head, "from_name": control.name, "type": control.type, "value": value}


def from_tasks(data: bytes, where: str, say: Say) -> Iterator[Sheet]:
    """Read what people made of the documents; one that nobody submitted comes back as it was sent.

    Args:
        data: The exported file.
        where: Its name, for errors.
        say: Told of what had to be guessed.

    Raises:
        SpeechmineError: The file is none of Label Studio's, or says what cannot be meant.
    """
    try:
        found = msgspec.json.decode(data, type=list[_Task])
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise SpeechmineError(f"no tasks of Label Studio ({error})", where, _HINT) from error
    for number, task in enumerate(found, 1):
        place = f"{where}, task {task.id or number}"
        sent = unpacked(task.data.speechmine, task.data.text, place)
        verdict = task.verdict
        yield sent.sheet if verdict is None else _returned(sent, verdict, place, say)


def _returned(sent: Sent, verdict: _Annotation, where: str, say: Say) -> Sheet:
    results: dict[str, list[_Result]] = {}
    for result in verdict.result:
        if result.type != "relation":
            results.setdefault(result.id, []).append(result)
    regions = [_region(name, found, sent, where, say) for name, found in results.items()]
    return returned(sent, regions, reviewed=True)


def _region(name: str, results: list[_Result], sent: Sent, where: str, say: Say) -> Region:
    labelled = next((one for one in results if one.type == "labels" and one.value.labels), None)
    if labelled is None:
        raise SpeechmineError(f"the region {name!r} has no label", where, "Label it or delete it in Label Studio.")
    span = _span(labelled.value, sent, where, say)
    label = named(labelled.value.labels[0], where)
    mark = next((mark for mark in sent.sheet.marks if (mark.id, mark.group) == (name, label.group)), None)
    answers = {one.from_name: _answer(one) for one in results if one is not labelled}
    fields = {} if mark and label_of(mark.item) == labelled.value.labels[0] else dict(label.fields)
    for control in controls_of(label.group):
        _compare(control, answers.get(control.name), mark, fields)
    return Region(span, label.group, fields, name)


def _compare(control: Control, answer: Answer | None, mark: Mark | None, fields: dict[str, object]) -> None:
    """Note a field that says something else than when it was sent; what must be said cannot be cleared."""
    sent = control.answer(mark.item) if mark else None
    if answer != sent and not (control.required and answer is None):
        fields[control.field] = control.value(answer)


def _answer(result: _Result) -> Answer | None:
    value = result.value
    if result.type == "number":
        return value.number
    given = value.choices if result.type == "choices" else value.text
    return None if not given else (given,) if isinstance(given, str) else tuple(given)


def _span(value: _Value, sent: Sent, where: str, say: Say) -> Span:
    """Find the words of a region: by characters, or by UTF-16 where only so it covers what it quotes."""
    if value.start is None or value.end is None:
        raise SpeechmineError("a region has no offsets", where, _HINT)
    text, span = sent.shown.text, Span(value.start, value.end)
    if isinstance(value.text, str) and not _quotes(value.text, span.cut(text)):
        in_units = CodeUnits.of(text).characters(span)
        if _quotes(value.text, in_units.cut(text)):
            return in_units
        say(f"{where}: 「{value.text}」 does not stand at {span.start}; taken is 「{span.cut(text)}」")
    return span


def _quotes(quote: str, words: str) -> bool:
    r"""Compare words with what Label Studio quotes: it writes a line end as ``\n`` of two characters."""
    return quote.replace("\\n", "\n") == words.replace("\\n", "\n")
