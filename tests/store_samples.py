"""Small stores for tests; every sentence is made up."""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from speechmine import Document, Record, analyse, load_rules
from speechmine.store import index

TEXTS = {
    "a.txt": """在全市重点项目调度会上的讲话
云溪市市长 方行
(2024年3月8日)
同志们:
要坚持周调度、月通报、季考核制度,市发改委要确保今年固定资产投资增长8%以上。
市住建局要在6月底前完成老旧小区改造32个。
2023年,全市完成工业投资96.5亿元。
""",
    "b/乙.txt": """在全縣經濟工作會議上的講話
(2022年1月20日)
縣財政局要在2022年底前完成臺賬清理,堅持半月一調度。
力爭固定資產投資達到40億元。
""",
    "c.txt": """在水利工程推進會上的講話
(2023年5月4日)
依計畫推進。要建立週(zhōu)調(diào)度機(jī)制,確(què)保年底前完成投資(zī)2.5億(yì)元。
""",
}


@cache
def made() -> tuple[tuple[Record, str], ...]:
    """Return the records of these texts with the texts."""
    rules = load_rules()
    return tuple((analyse(Document.of(text, source), rules), text) for source, text in TEXTS.items())


def sample_store(folder: Path, texts: bool = True) -> Path:
    """Make a store of them."""
    path = folder / "s.sqlite"
    index(((record, text if texts else None) for record, text in made()), path)
    return path


def content(path: Path) -> list[str]:
    """Return all that a store says, as SQL."""
    with closing(sqlite3.connect(path)) as base:
        return list(base.iterdump())
