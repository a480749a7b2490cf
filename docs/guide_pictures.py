"""Take the pictures of the guides: `python docs/guide_pictures.py`.

The guides are followed, and what their readers have then is looked at: report and brief with Chromium, the ledger with LibreOffice Calc.
"""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import openpyxl
import pypdfium2
import pytest
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from pictures import WIDE, packed, take  # noqa: E402

from tests.browser.conftest import OPTIONS, chromium  # noqa: E402
from tests.export_samples import libreoffice  # noqa: E402
from tests.test_docs_guides import TASKS, guide, taken  # noqa: E402

DAY = b"DATE(2023,12,1)"
"""The day on which the ledger is looked at: its colours follow the calendar."""
EMPTY = ("牵头领导", "责任人", "起始时间", "下一步措施")
"""Columns in which nothing stands: left out, so that the others can be read."""
LEDGER_WIDTH, EDGE = 1800, 16


def main() -> int:
    """Write every picture that this machine can; say why where it cannot."""
    program = chromium()
    if program is None:
        print("No Chromium on this machine: apt-get install chromium")
    else:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=[*OPTIONS, "--disable-lcd-text"])
            in_browser(browser, "researcher.md", "run/report.html", "report.png")
            in_browser(browser, "policy_officer.md", "简报.html", "brief.png")
            browser.close()
    try:
        ledger()
    except pytest.skip.Exception as why:
        print(f"No picture of the ledger: {why}")
        return 1
    return int(program is None)


@contextlib.contextmanager
def followed(page: str, until: str) -> Iterator[Path]:
    """Follow a guide until its reader has filled in a table, or to its end, in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(HERE.parent / "corpus", folder / "corpus")
        with contextlib.chdir(folder):
            for step in guide(page, ""):
                taken(step)
                if step.language == until:
                    break
        yield folder


def in_browser(browser: Browser, page: str, file: str, name: str) -> None:
    """Take a picture of a page that a guide has made."""
    with followed(page, "") as folder:
        take(browser, (folder / file).as_uri(), HERE / "pictures" / name, WIDE, "light")


def ledger() -> None:
    """Take a picture of the ledger when it is filled in."""
    with followed("tracker_owner.md", "table") as folder:
        dated(folder / "台账.xlsx", folder / "ledger.xlsx")
        printed = pypdfium2.PdfDocument(libreoffice(folder / "ledger.xlsx", "pdf", folder).read_bytes())
        scale = LEDGER_WIDTH / printed[0].get_width()
        pixels = printed[0].render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3]
    (HERE / "pictures" / "ledger.png").write_bytes(packed(trimmed(pixels)))


def dated(book: Path, to: Path) -> None:
    """Copy a workbook so that today is a fixed day, without the empty columns."""
    opened = openpyxl.load_workbook(book)
    columns = opened[TASKS].column_dimensions
    widths = {place: each.width for each in columns.values() for place in range(each.min, each.max + 1)}
    for cell in opened[TASKS][1]:
        column = columns[cell.column_letter]
        column.min = column.max = cell.column
        column.width, column.hidden = widths[cell.column], cell.value in EMPTY
    opened.save(book)
    with ZipFile(book) as old, ZipFile(to, "w") as new:
        for item in old.infolist():
            new.writestr(item, old.read(item).replace(b"TODAY()", DAY))


def trimmed(
    pixels: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]",
) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    """Cut away the white paper around a table, and the number of the page below it."""
    dark = (pixels < 250).any(axis=2)
    lines, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    top, left = max(0, lines[0] - EDGE), max(0, columns[0] - EDGE)
    bottom = lines[np.diff(lines, append=len(pixels)).argmax()]
    return pixels[top : bottom + EDGE, left : columns[-1] + EDGE]


if __name__ == "__main__":
    os.environ["COLUMNS"] = "80"
    sys.exit(main())
