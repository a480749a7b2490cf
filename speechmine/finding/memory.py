"""What the numbers of a passage have measured so far, for those without a name of their own."""

import msgspec

from speechmine.finding.mentions import QuantityMention


class Memory(msgspec.Struct):
    """What the numbers of a passage have measured so far.

    Attributes:
        last: The metric read last.
        thing: The thing counted last (项目), which 亿元以上的 leaves out.
        by_unit: The last metric of each unit and of each kind.
    """

    last: str | None = None
    thing: str | None = None
    by_unit: dict[str, str] = msgspec.field(default_factory=dict)

    def keep(self, mention: QuantityMention, metric: str) -> None:
        """Remember a metric."""
        self.last = self.by_unit[mention.kind] = metric
        if mention.unit is not None:
            self.by_unit[mention.unit] = metric

    def like(self, mention: QuantityMention) -> str | None:
        """Return the last metric of numbers in the same unit, of the same kind, or at all."""
        return self.by_unit.get(mention.unit or "") or self.by_unit.get(mention.kind) or self.last
