"""Whose words the statements of a news text are."""

import re

import msgspec
from msgspec.structs import replace

from speechmine.outline.model import Speaker, Statement
from speechmine.outline.people import full_name, is_native, person_in, subject_in, title_before
from speechmine.outline.statements import Told
from speechmine.rules import RuleBook

_NEAR = 10_000
_SEARCHED = 300_000


class _Teller(msgspec.Struct):
    """Follows who speaks from statement to statement."""

    text: str
    rules: RuleBook
    speaking: str | None = None
    named_last: str | None = None
    paragraph: int = -1
    statements: list[Statement] = msgspec.field(default_factory=list)
    opened: int = 0

    def hear(self, told: Told) -> None:
        statement = told.statement
        if statement.paragraph != self.paragraph:
            self.opened = len(self.statements)
            if not self._goes_on(statement):
                self.speaking = None
        elif told.voice is None and self.rules.rule("narration.opening").search(statement.text):
            self.speaking = None
        self.paragraph = statement.paragraph
        if told.voice is not None:
            self._turn(told)
        elif self.speaking is None and not statement.heading:
            near = self.text[max(0, statement.span.start - _NEAR) : statement.span.end + _NEAR]
            self.named_last = subject_in(statement.text, near, self.rules) or self.named_last
        self.statements.append(replace(statement, speaker=None if statement.heading else self.speaking))

    def _goes_on(self, statement: Statement) -> bool:
        """Whether a paragraph continues the words of the one before: it only says what must be done."""
        return not statement.heading and self.rules.any_of("going.on").match(statement.text) is not None

    def _turn(self, told: Told) -> None:
        voice = told.voice
        assert voice is not None
        if voice.kind == "pronoun":
            self.speaking = self.speaking or self.named_last
        elif voice.speaker is None or voice.speaker.name is None:
            self.speaking = None
        else:
            self.speaking = self.named_last = full_name(voice.speaker, self.text, self.rules).name
            self._claim(told.statement)

    def _claim(self, statement: Statement) -> None:
        """Give the speaker the quoted sentences just before: “要抓落实。”王小明强调, names whose they were."""
        at = statement.whole.start
        if self.text[at - 1 : at] != "”":
            return
        for index in range(len(self.statements) - 1, self.opened - 1, -1):
            before = self.statements[index]
            if before.speaker is not None or before.heading:
                break
            self.statements[index] = replace(before, speaker=self.speaking)


def attributed(text: str, told: list[Told], rules: RuleBook) -> tuple[Statement, ...]:
    """Give each statement of a news text the name of the person whose words it is."""
    teller = _Teller(text, rules)
    for each in told:
        teller.hear(each)
    return tuple(teller.statements)


def voices_of(text: str, told: list[Told], news: bool, rules: RuleBook) -> tuple[Speaker, ...]:
    """Return everybody whose words are framed, in order of first words, with the title stated anywhere.

    Outside news a name without a title that stands once is no name: 党员坐到一块儿说.
    """
    names: dict[str, str | None] = {}
    text = text[:_SEARCHED]
    for each in told:
        for found in [*_exchanging(each.statement.text, rules), each.voice and each.voice.speaker]:
            speaker = found and full_name(found, text, rules)
            if not speaker or not speaker.name:
                continue
            if news or speaker.name in names or (is_native(speaker.name, rules) and _is_known(speaker, text)):
                names[speaker.name] = names.get(speaker.name) or speaker.title
    return tuple(Speaker(name, title or title_before(name, text, rules)) for name, title in names.items())


def _is_known(speaker: Speaker, text: str) -> bool:
    return speaker.title is not None or text.count(speaker.name or "\n") > 1


def _exchanging(words: str, rules: RuleBook) -> list[Speaker]:
    """Return the persons who write to each other: 国家主席某某同某国总统某某互致贺电."""
    found = rules.rule("voice.exchange").search(words)
    if found is None:
        return []
    people = (person_in(who, rules) for who in re.split("[同与和、]|就.*", found["who"]))
    return [speaker for speaker in people if speaker]
