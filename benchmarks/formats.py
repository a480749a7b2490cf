"""Every file of an archive, and whether other formats of the same report give the same findings.

`python benchmarks/formats.py ../shared/archive` counts how the files end, then compares the docx reports and the GBK pages
in `raw/` with their twins in `text/`: every field of every finding but ids and offsets, blanks in quotes aside.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import asdict

from speechmine import analyse, load_rules, read
from speechmine.errors import NotReadError, SpeechmineError
from speechmine.reading import inputs
from speechmine.records import Record

TWINS = {
    "2025年上海市政府工作报告.docx": "001", "2025年云南省政府工作报告.docx": "002", "2025年吉林省政府工作报告.docx": "005",
    "2025年甘肃省政府工作报告.docx": "023", "2025年西藏政府工作报告.docx": "025", "ws_detail-474.html": "114",
    "ws_detail-479.html": "115", "ws_detail-485.html": "116", "ws_detail-476.html": "117", "ws_detail-434.html": "118",
}  # fmt: skip
_OF_THE_FILE = {"id", "pair", "mechanisms", "goals", "evidence"}


def outcomes(archive: Path) -> Counter[str]:
    """Count how the files end, and name those that are not read."""
    counts: Counter[str] = Counter()
    for given in inputs([archive]):
        for found in given.documents():
            if isinstance(found, SpeechmineError):
                print(f"  {found}")
                counts["skipped" if isinstance(found, NotReadError) else "failed"] += 1
            else:
                counts["degraded" if found.warnings else "ok"] += 1
    return counts


def findings(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield the findings without what differs between two files of the same words."""
    for group in ("mechanisms", "goals", "figures", "measures"):
        for item in getattr(record, group):
            fields = {name: value for name, value in asdict(item).items() if name not in _OF_THE_FILE}
            yield group, "".join(item.evidence.quote.split()), "".join(repr(fields).split())


def main(archive: Path) -> int:
    """Print the counts and the comparison; 1 where a twin differs."""
    print(*(f"{count} {outcome}" for outcome, count in outcomes(archive).items()), sep=", ")
    rules, different = load_rules(), 0
    for name, number in TWINS.items():
        twin = next((archive / "text").glob(f"{number}_*.txt"))
        ours, theirs = (list(findings(analyse(read(path), rules))) for path in (archive / "raw" / name, twin))
        different += ours != theirs
        print(f"{name}: {len(ours)} findings, {'the same as' if ours == theirs else 'other than'} {twin.name}")
    return int(different > 0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path, help="a folder with raw/ and text/")
    sys.exit(main(parser.parse_args().archive))
