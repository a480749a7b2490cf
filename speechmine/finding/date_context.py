"""What the readers of dates know besides the words: the pieces before, the day of the speech, the word lists."""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from speechmine.finding import stretches as days
from speechmine.finding.calendar import Groups, Reference, number
from speechmine.finding.stretches import Grain, Stretch
from speechmine.rules import RuleBook


class Context(msgspec.Struct, frozen=True):
    """What a reader knows besides the words.

    Attributes:
        around: The stretch that the pieces before tell, or None.
        now: The day of the speech, as far as it is known.
        rules: For the word lists.
    """

    around: Stretch | None
    now: Reference
    rules: RuleBook

    @property
    def year(self) -> Stretch:
        """The year that a month or festival belongs to: that named before it, else that of the speech."""
        around = self.around
        if around is None or around.grain in {"century", "decade"}:
            return days.this_year(self.now)
        return days.year_stretch(around.first.year, around.year_known)

    @property
    def month(self) -> Stretch:
        """The month that a day belongs to."""
        if self.around is None:
            return days.this_month(self.now)
        return days.month_in(self.year, self.around.first.month)

    def count(self, words: str) -> int:
        """Read a small number."""
        return number(words.replace(" ", ""), self.rules)

    def value(self, words: str, name: str) -> int:
        """Return the number that a word has in a list."""
        return int(self.rules.words(name).values[words])

    def months(self, words: str, grain: Grain) -> Stretch:
        """Return the months of the year that words name: 上(半年), 底, 春."""
        first, last = self.rules.words("when_year_part").values[words].split("-")
        return days.months_in(self.year, int(first), int(last), grain)

    def part(self, month: Stretch, words: str | None) -> Stretch:
        """Return the part of a month that 上旬, 底 and the like name."""
        if words is None:
            return month
        first, last = self.rules.words("when_month_part").values[words].split("-")
        return month if (first, last) == ("1", "31") else days.days_in(month, int(first), int(last))

    def weekday(self, week: Stretch, words: str | None) -> Stretch:
        """Return the day of a week, or its end for 末."""
        if words is None:
            return week
        index = int(words) if words.isdigit() else self.value(words, "week_days")
        day = week.first + timedelta(index - 1)
        return week.kept(week.first + timedelta(5), day, "part") if words == "末" else week.kept(day, day, "day")


Reader = Callable[[Groups, Context], Stretch | None]
