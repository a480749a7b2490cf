"""Files made to do harm: each costs itself at most. Little memory, no traceback, and the run goes on."""

import gzip
import json
import lzma
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import made_files as made

SPEECH = made.SPEECH
MEMORY = 300_000_000
_RUN = """
import re, resource, sys
from speechmine.cli import main
try:
    main(["extract", *sys.argv[1:]])
finally:
    sys.stdout.flush()
    from speechmine.reading.confining import close
    close()  # what a process used is known when it has ended
    # Not getrusage for this one: it counts in what pytest, which started it, had.
    own = re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())
    peaks = int(own[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(*peaks, "peak", max(peaks), file=sys.stderr)
"""


def many_members() -> bytes:
    return made.zipped({f"{number}.txt": b"" for number in range(110_000)}, 0)


def nested_zip(depth: int = 8) -> bytes:
    data = made.zipped({"a.txt": SPEECH})
    for _ in range(depth):
        data = made.zipped({"a.zip": data})
    return data


def bombs_in_archives() -> bytes:
    """Make a zip of zips, each of which unpacks to just less than a bomb does."""
    noise = made.deflated_noise(170_000)
    inner = made.zipped({"a.txt": b" " * 15_000_000, "noise": noise})
    return made.zipped({f"{number}.zip": inner for number in range(40)})


def lying_zip() -> bytes:
    """Make a zip that declares a size of ten bytes for a member of many."""
    data = bytearray(made.zipped({"a.txt": b"a" * 30_000_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark) + place
        data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


def entity_docx() -> bytes:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return made.docx(made.paragraph("&l9;"), f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{lol}]>')


def pdf_bomb() -> bytes:
    """Make a PDF whose page unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(1_000)) + packer.flush()
    packed = zlib.compress(packed, 9)
    plain = made.pdf([[SPEECH]])
    start = plain.find(b"6 0 obj")
    end = plain.find(b"endobj", start)
    stream = b"6 0 obj\n<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(packed)
    return plain[:start] + stream + packed + b"\nendstream\n" + plain[end:]


def loop_pdf() -> bytes:
    return made.pdf([[SPEECH]]).replace(b"/Kids [7 0 R]", b"/Kids [2 0 R]")


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.zip": (made.zip_bomb, "failed  bomb.zip: a bomb"),
    "bomb.gz": (lambda: gzip.compress(b" " * 200_000_000), "failed  bomb.gz: a bomb"),
    "bomb.xz": (lambda: lzma.compress(b" " * 200_000_000), "failed  bomb.xz: a bomb"),
    "many.zip": (many_members, "failed  many.zip: holds 1"),
    "nested.zip": (nested_zip, "a zip archive in 3 others"),
    "bombs.zip": (bombs_in_archives, "a bomb: the archives in it"),
    "lying.zip": (lying_zip, "failed  lying.zip/a.txt: damaged in the archive"),
    "cut.zip": (lambda: made.zipped({"a.txt": SPEECH * 50})[:-30], "failed  cut.zip: a damaged zip archive"),
    "locked.zip": (made.encrypted_zip, "failed  locked.zip/a.txt: encrypted"),
    "bomb.docx": (lambda: made.docx(" " * 150_000_000), "failed  bomb.docx: a bomb"),
    "deep.docx": (lambda: made.docx("<w:p>" * 400_000 + "x"), "failed  deep.docx: "),
    "outside.docx": (
        lambda: made.docx(made.paragraph("&x;"), '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "failed  outside.docx: a Word file that declares a DTD",
    ),
    "entities.docx": (entity_docx, "failed  entities.docx: a Word file that declares a DTD"),
    "empty.docx": (lambda: made.zipped({"word/document.xml": ""}), "failed  empty.docx: a damaged Word file"),
    "locked.pdf": (lambda: made.pdf([[SPEECH]], encrypt=True), "failed  locked.pdf: an encrypted PDF"),
    "broken.pdf": (lambda: made.pdf([[SPEECH]])[:400], "failed  broken.pdf: a damaged PDF"),
    "noise.pdf": (lambda: b"%PDF-1.7\n" + made.deflated_noise(100_000), "failed  noise.pdf: a damaged PDF"),
    "loop.pdf": (loop_pdf, "failed  loop.pdf: "),
    "bomb.pdf": (pdf_bomb, "bomb.pdf: "),
    "locked.doc": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "failed  locked.doc: an encrypted document",
    ),
    "large.html": (lambda: b"<html>" + b"<div><p>" * 2_400_000 + SPEECH.encode(), "large.html"),
    "huge.txt": (lambda: b"a" * 40_000_000, "failed  huge.txt: too large (40 MB"),
    "long.txt": (lambda: "各".encode() * 6_000_000, "failed  long.txt: a text of 6,000,000 characters"),
    "deep.jsonl": (lambda: b'{"text": "a"}\n' + b'{"text":' * 100_000, "failed  deep.jsonl#2: not JSON"),
    "long.warc": (lambda: b"WARC/1.0\r\n" + b"a: b\r\n" * 4_000_000, "failed  long.warc: damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_costs_itself_at_most(name: str, tmp_path: Path) -> None:
    build, message = HOSTILE[name]
    bad, good = tmp_path / name, tmp_path / "zz.docx"
    bad.write_bytes(build())
    good.write_bytes(made.docx(made.paragraph(SPEECH)))
    command = [sys.executable, "-c", _RUN, str(bad), str(good)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path, check=False)
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["document"]["source"] == "zz.docx"
    assert int(done.stderr.rpartition("peak ")[2]) * 1024 < MEMORY
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "zz.docx"]), "nothing else is written"


def test_names_that_lead_out_are_only_labels(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "side"
    folder.mkdir(parents=True)
    names = ["../../out.txt", "/abs.txt", "C:\\temp\\win.txt", "a/./../b.txt", "..", "e\x1b[31mscape.txt"]
    (folder / "a.zip").write_bytes(made.zipped(dict.fromkeys(names, SPEECH)))
    (folder / "b.tar").write_bytes(made.tarred(dict.fromkeys(names[:4], SPEECH.encode()), {"link.txt": "/etc/passwd"}))
    command = [sys.executable, "-m", "speechmine", "extract", "a.zip", "b.tar", "--texts", "texts"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    sources = [json.loads(line)["document"]["source"] for line in done.stdout.splitlines()]
    assert sources == [
        *("a.zip/out.txt", "a.zip/abs.txt", "a.zip/temp/win.txt", "a.zip/a/b.txt", "a.zip/member 5"),
        "a.zip/e\ufffd[31mscape.txt",
        *("b.tar/out.txt", "b.tar/abs.txt", "b.tar/temp/win.txt", "b.tar/a/b.txt"),
    ]
    assert "skipped b.tar/link.txt: not a regular file" in done.stderr
    assert "11 inputs: 10 ok, 0 degraded, 1 skipped, 0 failed" in done.stderr
    stored = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {path for path in stored if not path.startswith("in/side/texts/")} == {"in/side/a.zip", "in/side/b.tar"}
