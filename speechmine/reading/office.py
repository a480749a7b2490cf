"""Old Word and WPS files, RTF and OpenDocument texts, through LibreOffice or antiword where one is installed.

LibreOffice turns them into docx, which is read like any other. It runs without a window, with a profile of its own that
allows no macro, follows no link and asks no server; and without a network where the system can take it away.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from speechmine.errors import NotReadError, SpeechmineError
from speechmine.reading import docx
from speechmine.reading.confined import limit_memory
from speechmine.reading.limits import LIMITS
from speechmine.reading.messages import Answer, Asked, Text
from speechmine.reading.stored import Stored

HINT = "Install LibreOffice (apt install libreoffice-writer-nogui) or, for old Word files, antiword (apt install antiword)."
_OLE = b"\xd0\xcf\x11\xe0"
# Streams in the file say what it is; their names are UTF-16.
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "an old Excel file"),
    ("PowerPoint Document", "an old PowerPoint file"),
    ("__properties_version1.0", "an Outlook message"),
    ("MatOST", "wps"),
    ("CONTENTS", "wps"),
)
_ENCRYPTED_WORD = 0x0100
# Without a filter LibreOffice takes what it does not know for text.
_FILTERS = {"doc": "MS Word 97", "wps": "MS_Works", "rtf": "Rich Text Format", "odt": "writer8"}
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(stored: Stored, asked: Asked) -> Iterator[Answer]:
    """Yield the text of an old Word or WPS file, an RTF or an OpenDocument text.

    Raises:
        NotReadError: It is none of these, or no program that reads it is installed.
        SpeechmineError: It is damaged or encrypted.
    """
    data = stored.whole()
    suffix = _suffix(data, stored.source)
    if shutil.which("soffice") is not None:
        yield from _through_libreoffice(data, suffix, stored.source, asked)
    elif suffix == "doc" and shutil.which("antiword") is not None:
        yield Text(_through_antiword(data, stored.source))
    else:
        raise NotReadError(f"no reader for {suffix} files is installed", stored.source, HINT)


def _suffix(data: bytes, source: str) -> str:
    if not data.startswith(_OLE):
        return "rtf" if data.lstrip().startswith(b"{\\rtf") else "odt"
    kind = next((kind for name, kind in _STREAMS if name.encode("utf-16-le") in data), None)
    if kind == "encrypted" or (kind == "doc" and _is_encrypted(data)):
        raise SpeechmineError("an encrypted document", source, "Save it without its password.")
    if kind is None:
        raise NotReadError(
            "no text in a file of old Office form", source, "Open it in Word or WPS and save it as docx."
        )
    if kind not in {"doc", "wps"}:
        raise NotReadError(kind, source, "Save it as text.")
    return kind


def _is_encrypted(data: bytes) -> bool:
    # The stream of an old Word file begins with EC A5, ten bytes before its flags, at the start of a sector.
    at = next((at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5"), None)
    return at is not None and bool(int.from_bytes(data[at + 10 : at + 12], "little") & _ENCRYPTED_WORD)


def _through_libreoffice(data: bytes, suffix: str, source: str, asked: Asked) -> Iterator[Answer]:
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / f"given.{suffix}", Path(folder) / "made" / "given.docx"
        given.write_bytes(data)
        profile = _profile()
        command = [
            *_without_network(), "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
            f"--infilter={_FILTERS[suffix]}", "--convert-to", "docx", "--outdir", str(made.parent), str(given),
        ]  # fmt: skip
        _run(command, source, LIMITS.large_memory)
        if not made.exists():
            raise SpeechmineError(f"a damaged {suffix} file", source, "Open it in Word or WPS and save it as docx.")
        yield from docx.read(Stored(source, made), asked)


def _through_antiword(data: bytes, source: str) -> str:
    with tempfile.NamedTemporaryFile(suffix=".doc") as file:
        file.write(data)
        file.flush()
        text = _run(["antiword", "-w", "0", "-m", "UTF-8.txt", file.name], source, LIMITS.memory).decode(
            "utf-8", "replace"
        )
    if not text.strip():
        raise SpeechmineError("a damaged doc file", source, "Open it in Word or WPS and save it as docx.")
    return text


def _run(command: list[str], source: str, memory: int) -> bytes:
    limit_memory(memory)
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "http_proxy": "http://127.0.0.1:9"}
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMITS.seconds * 0.9, env=environment, check=False
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise SpeechmineError(f"not read in {LIMITS.seconds} seconds", source, "Save it as docx.") from error
    return done.stdout


@cache
def _profile() -> Path:
    """Write the settings that every document is opened with; the worker's folder, which holds them, goes with it."""
    folder = Path(tempfile.mkdtemp(prefix="profile-"))
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    return folder


@cache
def _without_network() -> tuple[str, ...]:
    command = ("unshare", "--net", "--map-root-user")
    try:
        works = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if works else ()
