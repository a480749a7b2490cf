"""report.html: one page that shows a run, without a script and without anything from elsewhere."""

from collections.abc import Iterable
from html import escape

from speechmine.archive.facts import OUTCOMES, SIZES, TIMES, Facts
from speechmine.archive.progress import told_bytes, told_seconds
from speechmine.exporting.table import wrapped

_STYLE = """
:root { color-scheme: light dark; --bar: #2f6f8f; --bad: #b3412e; --quiet: #777; }
body { font: 15px/1.5 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.05rem; margin: 0 0 .4rem; }
.facts { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 1rem 0 2rem; }
.facts b { font-size: 1.4rem; display: block; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(21rem, 1fr)); gap: 2rem; margin-bottom: 2rem; }
svg { width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
svg rect { fill: var(--bar); } table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
td, th { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884; vertical-align: top; overflow-wrap: anywhere; }
.failed { color: var(--bad); } .note { color: var(--quiet); }
"""
_NAME, _BAR, _ROW = 150, 170, 20
_COLUMNS = 22  # of a name; a Chinese character takes two


def page(facts: Facts, version: str, seconds: float) -> str:
    """Return the page.

    Args:
        facts: What the outputs hold.
        version: Of speechmine and its rules.
        seconds: Time of this run.
    """
    total = sum(facts.outcomes.values())
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width"><title>speechmine run</title><style>{_STYLE}</style></head><body>
<h1>{total:,} inputs</h1>
<div class="facts">{"".join(_fact(f"{facts.outcomes[name]:,}", name) for name in OUTCOMES)}
{"".join(_fact(f"{count:,}", name) for name, count in facts.findings.items())}
{_fact(told_bytes(facts.bytes), "read")}{_fact(told_seconds(seconds), "this run")}{_fact(told_seconds(facts.seconds), "of all workers, all runs")}</div>
<div class="charts">{"".join(_charts(facts))}</div>
{_reasons(facts)}{_unwell(facts)}{_slowest(facts)}
<p class="note">{escape(version)}. The records are in <code>records/</code>; <code>run.json</code> has the counts.</p>
</body></html>
"""


def _fact(value: str, name: str) -> str:
    kind = "failed" if name == "failed" and value != "0" else "fact"
    return f'<div class="{kind}"><b>{escape(value)}</b>{escape(name)}</div>'


def _charts(facts: Facts) -> Iterable[str]:
    yield _chart("Documents by year", sorted(facts.years.items()))
    yield _chart("Documents by genre", facts.genres.most_common())
    yield _chart("Documents by size", _in_order(facts.sizes, (*(name for _, name in SIZES), "over 500 KB")))
    yield _chart("Documents by time", _in_order(facts.times, (*(name for _, name in TIMES), "over 10 s")))
    yield _chart("Mechanisms by kind", facts.mechanisms.most_common())
    yield _chart("Commitments", sorted(facts.commitments.items()))
    yield _chart("Cadences", facts.cadences.most(15))
    yield _chart("Metrics of goals", facts.metrics.most(15))


def _in_order(counts: dict[str, int], names: Iterable[str]) -> list[tuple[str, int]]:
    return [(name, counts[name]) for name in names if counts.get(name)]


def _chart(title: str, bars: list[tuple[str, int]]) -> str:
    """Draw bars with their names and numbers."""
    if not bars:
        return ""
    bars = bars if len(bars) <= 40 else bars[-40:]
    most = max(count for _, count in bars)
    drawn = "".join(_bar(number, name, count, most) for number, (name, count) in enumerate(bars))
    size = f"0 0 {_NAME + _BAR + 70} {_ROW * len(bars)}"
    return f'<section><h2>{escape(title)}</h2><svg viewBox="{size}" role="img" aria-label="{escape(title)}">{drawn}</svg></section>'


def _bar(number: int, name: str, count: int, most: int) -> str:
    top = number * _ROW
    width = max(1.0, _BAR * count / most)
    short = next(wrapped(name, "", _COLUMNS))
    short += "…" if len(short) < len(name.strip()) else ""
    return (
        f'<text x="0" y="{top + 14}">{escape(short)}<title>{escape(name)}</title></text>'
        f'<rect x="{_NAME}" y="{top + 3}" width="{width:.1f}" height="{_ROW - 6}"/>'
        f'<text x="{_NAME + width + 6:.1f}" y="{top + 14}">{count:,}</text>'
    )


def _reasons(facts: Facts) -> str:
    rows = [(f"{count:,}", reason) for reason, count in facts.reasons.most(20)]
    return _table("What was not well", ("inputs", "reason"), rows)


def _unwell(facts: Facts) -> str:
    order = {"failed": 0, "skipped": 1, "degraded": 2}
    rows = sorted(facts.unwell, key=lambda row: order[row[0]])
    return _table("What to do", ("outcome", "input", "what is wrong", "what to do next"), rows)


def _slowest(facts: Facts) -> str:
    rows = [(told_seconds(slow.seconds), told_bytes(slow.size), slow.source) for slow in facts.slowest]
    return _table("The slowest", ("time", "size", "input"), rows)


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    head = "".join(f"<th>{escape(head)}</th>" for head in heads)
    return f"<h2>{escape(title)}</h2><table><tr>{head}</tr>{body}</table>" if body else ""
