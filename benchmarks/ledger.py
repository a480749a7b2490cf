"""How long a task ledger takes: written anew, updated when nothing changed, and when every id changed.

    python benchmarks/ledger.py RECORDS

CPU seconds of one core, so that a busy machine tells the same.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from speechmine import Record, records_of
from speechmine.exporting.ledger.book import new_book
from speechmine.exporting.ledger.tables import TASKS, ledger_rows
from speechmine.exporting.ledger.update import update


def timed(what: str, work: Callable[[], object]) -> None:
    """Do something and say how long it took."""
    start = time.process_time()
    work()
    print(f"{what:<28} {time.process_time() - start:6.1f} s")


def renumbered(record: Record) -> Record:
    """Return a record with other ids, as another reading of the speech gives."""
    measures = [
        replace(one, id=one.id[::-1], goals=[number[::-1] for number in one.goals], mechanisms=[])
        for one in record.measures
    ]
    goals = [replace(one, id=one.id[::-1]) for one in record.goals]
    return replace(record, measures=measures, goals=goals, document=replace(record.document, id="0" * 16))


def main() -> None:
    """Print the table."""
    records = list(records_of(Path(sys.argv[1])))
    rows = ledger_rows(records)
    documents = [record.document.id for record in records]
    print(f"{len(rows[TASKS.name]):,} tasks of {len(records):,} documents")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        timed("written", lambda: path.write_bytes(new_book(ledger_rows(records), [])))
        timed("updated, nothing changed", lambda: update(path, rows, documents))
        other = [renumbered(record) for record in records]
        timed("updated, all ids changed", lambda: update(path, ledger_rows(other), ["0" * 16]))


if __name__ == "__main__":
    main()
